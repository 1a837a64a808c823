# What R's package survey makes of the responses beside this script, for the test `r` of this crate.
#
# Run in this folder:  Rscript compare.R     It reads responses.csv, an export of this program, and the margins of
# the survey `newcomer-needs`, and writes expected.json. Weights are made here again from the margins: the file's own
# weights are not read.
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
root <- file.path("..", "..", "..", "..", "surveys", "newcomer-needs")
data <- read.csv("responses.csv", colClasses = "character", na.strings = character())
missing_codes <- c("", "not_asked", "not_in_form", "no_answer", "prefer_not", "dont_know", "unreadable")

# Who counts: finished, not sent away by an [end], real ones only if there are any.
data <- data[data$state == "finished", ]
if (any(data$synthetic == "0")) data <- data[data$synthetic == "0", ]
ended <- data$agree == "no" | data$elig_area == "none" | data$age_group == "under16" | data$born_canada == "yes"
data <- data[!ended, ]
n <- nrow(data)

# A margin scaled to the respondents; who is in no counted category keeps an own share under `rest`.
margin <- function(question, path) {
  table <- read.csv(file.path(root, "margins", path), comment.char = "#")
  table <- table[!is.na(table$count), ]
  code <- data[[question]]
  code[!(code %in% table$code)] <- "rest"
  share <- mean(code == "rest")
  frame <- data.frame(code = table$code, Freq = table$count / sum(table$count) * n * (1 - share))
  if (share > 0) frame <- rbind(frame, data.frame(code = "rest", Freq = n * share))
  names(frame)[1] <- paste0("m_", question)
  list(code = code, frame = frame)
}
status <- margin("census_status", file.path("halifax-2021", "status.csv"))
period <- margin("census_period", file.path("halifax-2021", "period.csv"))
data$m_census_status <- status$code
data$m_census_period <- period$code
data$one <- 1
design <- svydesign(ids = ~1, weights = ~one, data = data)
raked <- rake(design, list(~m_census_status, ~m_census_period), list(status$frame, period$frame),
              control = list(maxit = 500, epsilon = 1e-14))

rows <- list()
say <- function(question, choice, by, group, respondents, value, se, low, high) {
  rows[[length(rows) + 1]] <<- list(question = question, choice = choice, by = by, group = group,
    respondents = respondents, value = value, standard_error = se, low = low, high = high)
}

# A share among those in `base`, of everybody or of each group; svymean, svyby and svyciprop must agree.
share <- function(question, choice, indicator, base, by = NULL) {
  here <- update(raked, indicator = indicator, base = base)
  inside <- subset(here, base)
  groups <- if (is.null(by)) NA else setdiff(unique(data[[by]]), missing_codes)
  table <- if (is.null(by)) NULL else {
    known <- subset(inside, !(inside$variables[[by]] %in% missing_codes))
    svyby(~indicator, as.formula(paste0("~", by)), known, svymean)
  }
  for (group in groups) {
    part <- if (is.na(group)) inside else subset(inside, inside$variables[[by]] == group)
    chosen <- weights(part) > 0
    count <- sum(chosen)
    if (count < 2) next
    value <- svymean(~indicator, part)
    if (coef(value) <= 0 || coef(value) >= 1) next
    if (!is.na(group)) {
      line <- table[table[[by]] == group, ]
      stopifnot(abs(line$indicator - coef(value)) < 1e-12, abs(line$se - SE(value)) < 1e-12)
    }
    interval <- confint(svyciprop(~indicator, part, method = "beta", level = 0.95))
    say(question, choice, if (is.null(by)) NA else by, group, count, unname(coef(value)), as.numeric(SE(value)),
        interval[1], interval[2])
  }
}

one <- function(question, by = NULL) {
  answer <- data[[question]]
  base <- !(answer %in% missing_codes)
  for (code in sort(unique(answer[base]))) share(question, code, as.numeric(answer == code), base, by)
}
many <- function(question, by = NULL) {
  columns <- grep(paste0("^", question, "_"), names(data), value = TRUE)
  base <- data[[columns[1]]] %in% c("0", "1")
  for (column in columns) {
    code <- sub(paste0("^", question, "_"), "", column)
    share(question, code, as.numeric(data[[column]] == "1"), base, by)
  }
}
grid <- function(question, by = NULL) {
  for (column in grep(paste0("^", question, "_"), names(data), value = TRUE)) {
    row <- sub(paste0("^", question, "_"), "", column)
    base <- !(data[[column]] %in% missing_codes)
    for (code in sort(unique(data[[column]][base]))) {
      share(question, paste0(row, ".", code), as.numeric(data[[column]] == code), base, by)
    }
  }
}

one("belong_local")
one("belong_local", "arrive_period")
one("pathway")
one("stay_intent", "stay_kind")
one("census_period")
one("discrim_any", "arrive_period")
many("svc_need")
many("svc_need", "arrive_period")
many("svc_need", "pathway")
many("housing_issue", "stay_kind")
many("svc_knew")
grid("community")
grid("community", "arrive_period")

# A mean with its t interval.
years <- suppressWarnings(as.numeric(data$arrival_year))
there <- !is.na(years)
came <- subset(update(raked, years = ifelse(there, years, 0), there = there), there)
value <- svymean(~years, came)
interval <- confint(value, df = degf(came))
say("arrival_year", "mean", NA, NA, sum(there), unname(coef(value)), as.numeric(SE(value)), interval[1], interval[2])

kish <- n * sum(weights(raked)^2) / sum(weights(raked))^2
write_json(list(
  made_with = list(R = R.version.string, survey = as.character(packageVersion("survey")),
                   jsonlite = as.character(packageVersion("jsonlite"))),
  respondents = n, weights = list(lowest = min(weights(raked)), highest = max(weights(raked)), design_effect = kish),
  estimates = rows), "expected.json", digits = NA, auto_unbox = TRUE, pretty = TRUE, na = "null")
cat(length(rows), "estimates of", n, "respondents\n")
