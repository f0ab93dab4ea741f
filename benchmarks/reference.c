/* The loops that the numerics are measured against: what a machine can do with one thread.

   Maxima are taken as v > m ? v : m, one vector instruction, and in lanes where a single one would wait for
   itself. All sums are those of numerics/decoding, in float64, so that the paths agree also where they tie. */

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define LANES 32
#define TILE 512   /* targets whose scores, with eight rows of transitions, stay in the first cache */
#define BLOCK 1024 /* scores of which only the maximum is looked at, unless it is among the best */

static double highest(const double *v, ptrdiff_t n)
{
    double lane[LANES], top = -INFINITY;
    ptrdiff_t i = 0;
    for (int l = 0; l < LANES; l++) lane[l] = -INFINITY;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) lane[l] = v[i + l] > lane[l] ? v[i + l] : lane[l];
    for (; i < n; i++) top = v[i] > top ? v[i] : top;
    for (int l = 0; l < LANES; l++) top = lane[l] > top ? lane[l] : top;
    return top;
}

/* out[j] is raised to the maximum over `rows` sources of delta[i] + a[i, j], for `width` targets. */
static void raise(const double *restrict a, const double *restrict delta, double *restrict out,
                  ptrdiff_t rows, ptrdiff_t width, ptrdiff_t n)
{
    if (rows < 8) {
        for (ptrdiff_t i = 0; i < rows; i++)
            for (ptrdiff_t j = 0; j < width; j++) {
                double v = delta[i] + a[i * n + j];
                out[j] = v > out[j] ? v : out[j];
            }
        return;
    }
    double d0 = delta[0], d1 = delta[1], d2 = delta[2], d3 = delta[3];
    double d4 = delta[4], d5 = delta[5], d6 = delta[6], d7 = delta[7];
    for (ptrdiff_t j = 0; j < width; j++) {
        double m = out[j], v;
        v = d0 + a[j];         m = v > m ? v : m;
        v = d1 + a[j + n];     m = v > m ? v : m;
        v = d2 + a[j + 2 * n]; m = v > m ? v : m;
        v = d3 + a[j + 3 * n]; m = v > m ? v : m;
        v = d4 + a[j + 4 * n]; m = v > m ? v : m;
        v = d5 + a[j + 5 * n]; m = v > m ? v : m;
        v = d6 + a[j + 6 * n]; m = v > m ? v : m;
        v = d7 + a[j + 7 * n]; m = v > m ? v : m;
        out[j] = m;
    }
}

static void finish(const double *restrict emission, double *restrict out, ptrdiff_t n)
{
    for (ptrdiff_t j = 0; j < n; j++) out[j] += emission[j];
    double top = highest(out, n);
    for (ptrdiff_t j = 0; j < n; j++) out[j] -= top;
}

static void trace(const double *a, const double *lattice, ptrdiff_t n, ptrdiff_t steps, int64_t *states)
{
    ptrdiff_t state = 0;
    const double *last = lattice + (steps - 1) * n;
    for (ptrdiff_t j = 1; j < n; j++)
        if (last[j] > last[state]) state = j;
    states[steps - 1] = state;
    for (ptrdiff_t t = steps - 2; t >= 0; t--) {
        const double *delta = lattice + t * n;
        double best = -INFINITY;
        ptrdiff_t source = 0;
        for (ptrdiff_t i = 0; i < n; i++) {
            double v = delta[i] + a[i * n + state];
            if (v > best) { best = v; source = i; }
        }
        states[t] = state = source;
    }
}

/* Transitions (n, n), initial (n), emission and lattice (count, steps, n), states (count, steps).
   The step of a sequence takes all transitions at once; with `shared`, each part of them is taken to all
   sequences while it is in the cache. */
void viterbi(const double *a, const double *initial, const double *emission, double *lattice, int64_t *states,
             ptrdiff_t n, ptrdiff_t steps, ptrdiff_t count, int shared)
{
    ptrdiff_t size = steps * n, group = shared ? count : 1, width = shared ? TILE : n;
    for (ptrdiff_t first = 0; first < count; first += group) {
        const double *e = emission + first * size;
        double *rows = lattice + first * size;
        for (ptrdiff_t s = 0; s < group; s++) {
            for (ptrdiff_t j = 0; j < n; j++) rows[s * size + j] = initial[j];
            finish(e + s * size, rows + s * size, n);
        }
        for (ptrdiff_t t = 1; t < steps; t++) {
            for (ptrdiff_t s = 0; s < group; s++)
                for (ptrdiff_t j = 0; j < n; j++) rows[s * size + t * n + j] = -INFINITY;
            for (ptrdiff_t i = 0; i < n; i += 8)
                for (ptrdiff_t left = 0; left < n; left += width)
                    for (ptrdiff_t s = 0; s < group; s++) {
                        double *row = rows + s * size + t * n;
                        raise(a + i * n + left, row - n + i, row + left, n - i < 8 ? n - i : 8,
                              n - left < width ? n - left : width, n);
                    }
            for (ptrdiff_t s = 0; s < group; s++) finish(e + s * size + t * n, rows + s * size + t * n, n);
        }
        for (ptrdiff_t s = 0; s < group; s++)
            trace(a, rows + s * size, n, steps, states + (first + s) * steps);
    }
}

/* The b best of `count` scores in falling order, the first of equal ones first; at most `count` of them. */
#define SELECT(NAME, REAL)                                                                                   \
    void NAME(const REAL *v, ptrdiff_t count, ptrdiff_t b, REAL *best, int64_t *where)                       \
    {                                                                                                        \
        ptrdiff_t kept = 0;                                                                                  \
        for (ptrdiff_t start = 0; start < count; start += BLOCK) {                                           \
            ptrdiff_t end = count - start < BLOCK ? count : start + BLOCK;                                   \
            if (kept == b && end - start == BLOCK) {                                                         \
                REAL lane[LANES], top = -INFINITY;                                                           \
                for (int l = 0; l < LANES; l++) lane[l] = -INFINITY;                                         \
                for (ptrdiff_t i = start; i < end; i += LANES)                                               \
                    for (int l = 0; l < LANES; l++) lane[l] = v[i + l] > lane[l] ? v[i + l] : lane[l];       \
                for (int l = 0; l < LANES; l++) top = lane[l] > top ? lane[l] : top;                         \
                if (!(top > best[b - 1])) continue;                                                          \
            }                                                                                                \
            for (ptrdiff_t i = start; i < end; i++) {                                                        \
                if (kept == b && !(v[i] > best[b - 1])) continue;                                            \
                ptrdiff_t at = kept < b ? kept++ : b - 1;                                                    \
                for (; at > 0 && v[i] > best[at - 1]; at--) {                                                \
                    best[at] = best[at - 1];                                                                 \
                    where[at] = where[at - 1];                                                               \
                }                                                                                            \
                best[at] = v[i];                                                                             \
                where[at] = i;                                                                               \
            }                                                                                                \
        }                                                                                                    \
    }

SELECT(select_float32, float)
SELECT(select_float64, double)
