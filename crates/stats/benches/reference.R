# The same work in R's survey, for a table beside ours: Rscript benches/reference.R [rows]
suppressMessages(library(survey))
rows <- as.integer(c(commandArgs(TRUE), "1000000")[1])
set.seed(1)
row <- seq_len(rows) - 1
data <- data.frame(stratum = row %% 1000 %/% 20, cluster = row %% 1000, weight = 1 + sample(90, rows, TRUE),
                   y = sample(1000, rows, TRUE), group = factor(sample(10, rows, TRUE)))
for (margin in seq_along(c(5, 4, 3, 6))) data[[paste0("m", margin)]] <- factor(sample(c(5, 4, 3, 6)[margin], rows, TRUE))
time <- function(what, expression, times = 3) {
  each <- replicate(times, system.time(eval.parent(expression))["elapsed"])
  cat(sprintf("%-28s %9.1f ms\n", what, 1000 * median(each)))
}
cat("survey", format(packageVersion("survey")), "rows", rows, "\n")
time("design", quote(design <<- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)), 1)
time("mean", quote(svymean(~y, design)))
time("mean by ten groups", quote(svyby(~y, ~group, design, svymean)), 1)
counts <- function(name, categories) setNames(data.frame(factor(seq_len(categories)), seq_len(categories) * 6e4 / (categories * (categories + 1))), c(name, "Freq"))
margins <- Map(counts, paste0("m", 1:4), c(5, 4, 3, 6))
time("raking four margins", quote(rake(design, list(~m1, ~m2, ~m3, ~m4), margins, control = list(epsilon = 1e-8, maxit = 100))), 1)
data$a <- factor(sample(5, rows, TRUE)); data$b <- factor(sample(5, rows, TRUE))
design <- update(design, a = data$a, b = data$b)
time("test of five by five", quote(svychisq(~a + b, design)), 1)
if (!"bootstrap" %in% commandArgs(TRUE)) quit()
time("making a bootstrap of 200", quote(repeated <<- as.svrepdesign(design, type = "subbootstrap", replicates = 200)), 1)
time("mean of 200 replicates", quote(svymean(~y, repeated)))
