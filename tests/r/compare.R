# compare.R - stl(), and Student's t of a projection, as R has them.
parts <- Sys.getenv("TB_PARTS")
n <- 0
failed <- 0

ours <- function(args, x)
    as.matrix(read.table(text = system2(parts, args, input = sprintf("%.17g", x), stdout = TRUE)))

# To 1e-12 of `size`: the largest number there.
same <- function(name, got, expected, size = max(abs(expected)), within = 1e-12) {
    n <<- n + 1
    off <- max(abs(got - expected)) / size
    ok <- length(got) == length(expected) && is.finite(off) && off <= within
    if (!ok) failed <<- failed + 1
    cat(sprintf("%sok %d - check-r: %s (largest difference %.1e)\n", if (ok) "" else "not ", n, name, off))
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
    same(name, as.numeric(ours(c("project", now), as.numeric(rbind(part, whole)))), expected)
}

# An odd number of points where weights count: of an even one, R's partial sort takes another
# number than one of the two middle ones for the median (h = 6 median in the paper, and here).
odd <- function(x) ts(x[seq_len(length(x) - (length(x) + 1) %% 2)], frequency = frequency(x))

for (robust in c(TRUE, FALSE)) {
    word <- if (robust) "robust" else "plain"
    decompose(paste("stl of nottem,", word), odd(nottem), robust)
    decompose(paste("stl of log(co2),", word), odd(log(co2)), robust)
    decompose(paste("stl of log(AirPassengers),", word), odd(log(AirPassengers)), robust)
    decompose(paste("stl of UKgas,", word), odd(UKgas), robust)
    decompose(paste("stl of two years and a month,", word), ts(nottem[1:25], frequency = 12), robust)
}
project("projection of methods note 11", 56, c(47, 49.5, 48, 51, 50.6), c(100, 101, 100, 102, 110))
m <- matrix(as.numeric(AirPassengers), 12)
project("projection of AirPassengers in May", sum(m[1:5, 12]), colSums(m[1:5, 2:11]), colSums(m[, 2:11]))
cat(sprintf("1..%d\n", n))
quit(status = as.integer(failed > 0))
