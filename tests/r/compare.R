# compare.R - stl(), Student's t of a projection, quantiles, MAD and a robust line, as R has them.
parts <- Sys.getenv("TB_PARTS")
n <- 0
failed <- 0

ours <- function(args, x)
    as.matrix(read.table(text = system2(parts, args, input = sprintf("%.17g", x), stdout = TRUE)))

# To 1e-12 of `size`: the largest number there, or each number's own.
same <- function(name, got, expected, size = max(abs(expected)), within = 1e-12) {
    n <<- n + 1
    off <- max(abs(got - expected) / size)
    ok <- length(got) == length(expected) && is.finite(off) && off <= within
    if (!ok) failed <<- failed + 1
    cat(sprintf("%sok %d - check-r: %s (largest difference %.1e)\n", if (ok) "" else "not ", n, name, off))
}

periodic <- function(name, x, robust) {
    r <- stl(x, s.window = "periodic", robust = robust, s.jump = 1, t.jump = 1, l.jump = 1)
    o <- ours(c("stl", frequency(x), if (robust) "periodic" else c("plain", "periodic")), as.numeric(x))
    same(paste(name, "seasonal"), o[, 1], as.numeric(r$time.series[, "seasonal"]), max(abs(x)))
    same(paste(name, "trend"), o[, 2], as.numeric(r$time.series[, "trend"]), max(abs(x)))
}

# Parts to 1e-12 of the series; weights (0 to 1) are residuals squared and fed back
# fifteen times, which makes more of rounding.
decompose <- function(name, x, robust) {
    r <- stl(x, s.window = 7, robust = robust, s.jump = 1, t.jump = 1, l.jump = 1)
    o <- ours(c("stl", frequency(x), if (!robust) "plain"), as.numeric(x))
    same(paste(name, "seasonal"), o[, 1], as.numeric(r$time.series[, "seasonal"]), max(abs(x)))
    same(paste(name, "trend"), o[, 2], as.numeric(r$time.series[, "trend"]), max(abs(x)))
    if (robust) same(paste(name, "weights"), o[, 3], as.numeric(r$weights), 1, 1e-9)
}

project <- function(name, now, part, whole) {
    z <- log(whole / part)
    k <- length(z)
    s <- sd(z) * sqrt(1 + 1 / k)
    half <- qt(0.9, k - 1) * s
    value <- now * exp(mean(z))
    expected <- c(mean(z), sd(z), value, now * exp(mean(z) - half), now * exp(mean(z) + half),
                  pt((log(1.05 * value / now) - mean(z)) / s, k - 1, lower.tail = FALSE))
    same(name, as.numeric(ours(c("project", now), as.numeric(rbind(part, whole)))), expected, abs(expected))
}

# An odd number of points where weights count: of an even one, R's partial sort takes another
# number than one of the two middle ones for the median (h = 6 median in the paper, and here).
odd <- function(x) ts(x[seq_len(length(x) - (length(x) + 1) %% 2)], frequency = frequency(x))

for (robust in c(TRUE, FALSE)) {
    word <- if (robust) "robust" else "plain"
    decompose(paste("stl of nottem,", word), odd(nottem), robust)
    periodic(paste("periodic stl of nottem,", word), odd(nottem), robust)
    periodic(paste("periodic stl of UKgas,", word), odd(UKgas), robust)
    decompose(paste("stl of log(co2),", word), odd(log(co2)), robust)
    decompose(paste("stl of log(AirPassengers),", word), odd(log(AirPassengers)), robust)
    decompose(paste("stl of UKgas,", word), odd(UKgas), robust)
    decompose(paste("stl of two years and a month,", word), ts(nottem[1:25], frequency = 12), robust)
}
project("projection of methods note 11", 56, c(47, 49.5, 48, 51, 50.6), c(100, 101, 100, 102, 110))
m <- matrix(as.numeric(AirPassengers), 12)
project("projection of AirPassengers in May", sum(m[1:5, 12]), colSums(m[1:5, 2:11]), colSums(m[, 2:11]))

# Quantiles of type 7, Tukey's fences in interquartile ranges, Iglewicz and Hoaglin's z.
spread <- function(name, x) {
    x <- sort(as.numeric(x))
    for (p in c(0.05, 0.25, 0.5, 0.75, 0.95)) {
        o <- ours(c("spread", p), x)
        same(sprintf("%s, quantile %g", name, p), o[1, 1], unname(quantile(x, p)))
    }
    q <- unname(quantile(x, c(0.25, 0.75)))
    same(paste(name, "Tukey"), o[-1, 1], (pmax(x - q[2], 0) + pmin(x - q[1], 0)) / IQR(x))
    same(paste(name, "modified z"), o[-1, 2], 0.6745 * (x - median(x)) / mad(x, constant = 1))
}
# Iteratively reweighted lm(): bisquare of residuals over 4.685 sigma sqrt(1 - h), sigma from
# the median of all but the smallest residual; until the line moves by less than sqrt(epsilon).
trend <- function(name, x, step) {
    t <- step * (seq_along(x) - 1)
    y <- log(as.numeric(x))
    line <- coef(lm(y ~ t))
    factor <- 1 / sqrt(1 - hatvalues(lm(y ~ t)))
    repeat {
        r <- (y - line[1] - line[2] * t) * factor
        sigma <- median(sort(abs(r))[-1]) / 0.6745
        u <- r / (4.685 * sigma)
        w <- ifelse(abs(u) < 1, (1 - u^2)^2, 0)
        before <- line
        line <- coef(lm(y ~ t, weights = w))
        if (all(abs(before - line) <= sqrt(.Machine$double.eps) * pmax(abs(before), abs(line)))) break
    }
    o <- ours(c("trend", step), as.numeric(x))
    same(paste(name, "robust growth"), o[1], 100 * expm1(line[2]))
    same(paste(name, "robust line"), o[-1], exp(line[1] + line[2] * t))
}
# A composite of 23 units and 8 indicators in 3 blocks, as in the handbook of the OECD and the JRC
# (2008): base R on made numbers, for of no published table all the digits are at hand.
composite <- function(method, mean, missing) {
    set.seed(20080903)
    units <- 23
    k <- 8
    v <- round(matrix(rnorm(units * k, 50, 15), units), 1)
    v[cbind(sample(units, 6), sample(k, 6, TRUE))] <- if (missing) NA else 50
    v[1:2, 3] <- 61.5                     # a tie
    weight <- c(3, 1, 4, 1, 5, 9, 2, 6)
    block <- c(0, 0, 0, 1, 1, 2, 2, 2)
    of_block <- c(50, 20, 30)
    lower <- c(0, 1, 0, 0, 1, 0, 0, 1)
    wide <- mean == "geometric"           # points of 0 have no geometric mean
    low <- rep(if (wide) -100 else 20, k)
    high <- rep(if (wide) 200 else 80, k)
    points <- sapply(seq_len(k), function(i) {
        x <- v[, i]
        up <- if (lower[i]) -x else x
        switch(method,
               rank = 100 * (sum(!is.na(x)) - rank(-up, ties.method = "min", na.last = "keep")) / (sum(!is.na(x)) - 1),
               minmax = 100 * (up - min(up, na.rm = TRUE)) / diff(range(up, na.rm = TRUE)),
               zscore = (up - mean(up, na.rm = TRUE)) / sd(up, na.rm = TRUE),
               goalposts = { p <- pmin(pmax(100 * (x - low[i]) / (high[i] - low[i]), 0), 100)
                             if (lower[i]) 100 - p else p })
    })
    expected <- apply(points, 1, function(p) {
        b <- sapply(0:2, function(j) {
            here <- block == j & !is.na(p)
            m <- if (mean == "geometric") log(p[here]) else p[here]
            if (any(here)) sum(weight[here] * m) / sum(weight[here]) else NA
        })
        s <- sum((of_block * b)[!is.na(b)]) / sum(of_block[!is.na(b)])
        if (mean == "geometric") exp(s) else s
    })
    about <- rbind(weight, block, of_block[block + 1], lower, low, high)
    o <- ours(c("composite", units, method, mean), as.numeric(rbind(about, ifelse(is.na(v), NaN, v))))
    # z-scores and geometric means are taken to nine digits, the rest is exact.
    within <- if (method == "zscore" || mean == "geometric") 1e-9 else 1e-12
    same(paste("composite,", method, mean, if (missing) "with gaps"), as.numeric(o), expected, within = within)
}
for (missing in c(FALSE, TRUE))
    for (method in c("rank", "minmax", "zscore", "goalposts")) composite(method, "arithmetic", missing)
composite("goalposts", "geometric", FALSE)
spread("nottem", nottem)
spread("rivers", rivers)
spread("five numbers", c(3, 1, 4, 1.5, 9))
trend("UKgas,", UKgas, 1)
trend("AirPassengers,", AirPassengers, 1)
trend("Nile, each third period,", Nile, 3)
cat(sprintf("1..%d\n", n))
quit(status = as.integer(failed > 0))
