# What R's package survey makes of the other ways to weigh, for the test `r_weights` of this crate: bounds, trimming,
# quotas, one over a network size, people met at places.
#
# Run in this folder:  Rscript weights.R     It reads responses.csv and writes weights.json. How many
# somebody knows, and how often she is met, is made up from the row: nobody was asked, and only arithmetic is compared.
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
root <- file.path("..", "..", "..", "..", "surveys", "newcomer-needs")
data <- read.csv("responses.csv", colClasses = "character", na.strings = character())
data <- data[data$state == "finished" & data$weight != "", ]
n <- nrow(data)
table_of <- function(path) {
  table <- read.csv(file.path(root, "margins", path), comment.char = "#")
  table[!is.na(table$count), ]
}
margin <- function(question, path) {
  table <- table_of(path)
  code <- data[[question]]
  rest <- !(code %in% table$code)
  code[rest] <- "rest"
  # Whoever is in no counted category keeps an own share.
  counts <- table$count / sum(table$count) * sum(!rest)
  list(code = code, counts = c(setNames(counts, table$code), rest = sum(rest)))
}
status <- margin("census_status", file.path("halifax-2021", "status.csv"))
period <- margin("census_period", file.path("halifax-2021", "period.csv"))
age <- local({
  table <- read.csv("age.csv", comment.char = "#")
  list(code = data$age_group, counts = setNames(table$count / sum(table$count) * n, table$code))
})
data$age <- factor(age$code)
data$status <- factor(status$code)
data$period <- factor(period$code)
data$one <- 1
plain <- svydesign(ids = ~1, weights = ~one, data = data)
missing_codes <- c("", "not_asked", "not_in_form", "no_answer", "prefer_not", "dont_know", "unreadable")
out <- list()
told <- function(name, design) {
  rows <- list()
  for (question in c("belong_local", "pathway")) {
    base <- !(data[[question]] %in% missing_codes)
    for (code in sort(unique(data[[question]][base]))) {
      here <- subset(update(design, indicator = as.numeric(data[[question]] == code)), base)
      value <- svymean(~indicator, here)
      rows[[length(rows) + 1]] <- list(question = question, choice = code, value = unname(coef(value)),
                                       standard_error = as.numeric(SE(value)))
    }
  }
  weight <- weights(design)
  weight <- weight / mean(weight)
  out[[name]] <<- list(lowest = min(weight), highest = max(weight), squares = sum(weight^2), estimates = rows)
}
population <- function(margins) {
  total <- c("(Intercept)" = n)
  for (name in names(margins)) {
    levels <- levels(data[[name]])[-1]
    total <- c(total, setNames(margins[[name]]$counts[levels], paste0(name, levels)))
  }
  total
}
# Weights that meet the margins within bounds, by the distance that is smooth there: R does not solve the clipped one here.
bounded <- calibrate(plain, ~status + age, population(list(status = status, age = age)), calfun = "logit",
                     bounds = c(0.4, 1.9), epsilon = 1e-12, maxit = 500)
told("bounded", bounded)
frames <- function(margin, name) setNames(data.frame(names(margin$counts), unname(margin$counts)), c(name, "Freq"))
raked <- rake(plain, list(~status, ~period), list(frames(status, "status"), frames(period, "period")),
              control = list(maxit = 2000, epsilon = 1e-12))
told("trimmed", trimWeights(raked, lower = 0.7, upper = 1.3, strict = TRUE))
# A quota: each status counts as many as the census says.
factor_of <- status$counts[status$code] / table(status$code)[status$code]
told("quota", svydesign(ids = ~1, weights = as.numeric(factor_of), data = data))
row <- as.integer(data$row)
degree <- ifelse(row %% 13 == 0, NA, (row * 7) %% 11)
inverse <- 1 / pmax(degree, 1)
inverse[is.na(inverse)] <- mean(inverse, na.rm = TRUE)
told("referral", svydesign(ids = ~1, weights = inverse, data = data))
place <- data$age_group
alone <- place %in% missing_codes
place[alone] <- paste0("alone", seq_len(n))[alone]
told("visits", svydesign(ids = place, weights = inverse, data = data))
write_json(c(list(made_with = list(R = R.version.string, survey = as.character(packageVersion("survey"))),
                  respondents = n), out), "weights.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
cat(n, "respondents\n")
