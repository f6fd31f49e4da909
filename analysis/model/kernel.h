#include <stdint.h>

// The same as in kernel.go and dense.go.
typedef struct { int32_t words, pairs; uint8_t stop, beside; } cut;
typedef struct { double factor; int32_t to, from, over; } addend;
typedef struct { uint32_t at; float is; } value;
typedef struct { uint32_t at, size; } run;
typedef struct { int32_t addends, values, runs; uint8_t asked, several; } end;

// percept_lay writes a row of zeros, then for each stop of cuts the sums so far, of words (width bytes of a record, then for those around a
// stretch, then two bytes for each of chars) and of pairs of words (width bytes of a row).
void percept_lay(const uint8_t *records, const uint8_t *rows, const int32_t *words, const int32_t *pairs, const cut *cuts, int n,
	int width, int around, int chars, int32_t *sums);

// percept_total adds up the rows of features to each end, in groups of eight numbers; every second sum goes on from the one before it.
void percept_total(const uint8_t *rows, int stride, int width, int shift, const uint32_t *features, const int32_t *ends, int n,
	int32_t *sums);

// percept_odds writes for each stretch a row of log odds: shift, what addends and question come to times scale, and its dense features
// times their weights. likely gets a bit for each that is enough; enough may be NULL.
void percept_odds(const int32_t *sums, const double *question, const addend *addends, const value *values, const run *runs, const float *flow,
	const end *ends, int n, const float *weights, int stride, const double *scale, const double *shift, const double *enough, double *odds, uint64_t *likely);
