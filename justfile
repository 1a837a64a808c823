# The habits of the house: `just` lists them. The logic is in xtask.

# format, lints, docs and every test, with the browser
check:
    cargo xtask test

# the same without the browser
quick:
    cargo xtask test --quick

# the whole trip with made-up people
demo:
    cargo run --release -- demo

# speed, beside the peers' where known
bench:
    cargo xtask bench
