# What R's package survey makes of the same bootstrap, for the test `r` of this crate: each replicate raked again.
#
# Run in this folder:  Rscript bootstrap.R     It reads responses.csv and draws.csv (how often each counted row was drawn in
# each replicate; the test `the_draws_are_those_in_the_file` holds it to the program) and writes bootstrap.json.
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
root <- file.path("..", "..", "..", "..", "surveys", "newcomer-needs")
data <- read.csv("responses.csv", colClasses = "character", na.strings = character())
draws <- read.csv("draws.csv")
data <- data[match(draws$row, as.integer(data$row)), ]
n <- nrow(data)
data$one <- 1
margin <- function(question, path) {
  table <- read.csv(file.path(root, "margins", path), comment.char = "#")
  table <- table[!is.na(table$count), ]
  code <- data[[question]]
  code[!(code %in% table$code)] <- "rest"
  table <- data.frame(code = table$code, Freq = table$count / sum(table$count))
  list(code = code, table = table, name = paste0("m_", question))
}
margins <- list(margin("census_status", file.path("halifax-2021", "status.csv")),
                margin("census_period", file.path("halifax-2021", "period.csv")))
counts <- as.matrix(draws[, -1])
factors <- counts * n / (n - 1)

# Whoever is in no counted category keeps an own share: that of each replicate is its own.
rake_one <- function(weights) {
  for (round in 1:2000) {
    before <- weights
    for (margin in margins) {
      rest <- margin$code == "rest"
      inside <- sum(weights[!rest])
      for (at in seq_len(nrow(margin$table))) {
        here <- margin$code == margin$table$code[at]
        weights[here] <- weights[here] * margin$table$Freq[at] * inside / sum(weights[here])
      }
    }
    if (max(abs(weights - before)) < 1e-15) break
  }
  weights
}
full <- rake_one(rep(1, n))
full <- full / mean(full)
repeated <- apply(factors, 2, rake_one)
design <- svrepdesign(weights = full, repweights = repeated, data = data, type = "other", combined.weights = TRUE,
                      scale = 1 / (ncol(factors) - 1), rscales = rep(1, ncol(factors)), mse = FALSE)
missing_codes <- c("", "not_asked", "not_in_form", "no_answer", "prefer_not", "dont_know", "unreadable")
rows <- list()
share <- function(question, choice, indicator, base) {
  here <- subset(update(design, indicator = indicator), base)
  value <- svymean(~indicator, here)
  rows[[length(rows) + 1]] <<- list(question = question, choice = choice, value = unname(coef(value)),
                                    standard_error = as.numeric(SE(value)))
}
for (question in c("belong_local", "pathway", "census_period")) {
  base <- !(data[[question]] %in% missing_codes)
  for (code in sort(unique(data[[question]][base]))) share(question, code, as.numeric(data[[question]] == code), base)
}
columns <- grep("^svc_need_", names(data), value = TRUE)
base <- data[[columns[1]]] %in% c("0", "1")
for (column in columns) share("svc_need", sub("^svc_need_", "", column), as.numeric(data[[column]] == "1"), base)
write_json(list(made_with = list(R = R.version.string, survey = as.character(packageVersion("survey"))),
                replicates = ncol(factors), seed = 7, estimates = rows),
           "bootstrap.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
cat(length(rows), "estimates of", n, "respondents in", ncol(factors), "replicates\n")
