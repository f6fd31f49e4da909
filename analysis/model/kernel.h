#include <stdint.h>

// The same as in kernel.go and dense.go.
typedef struct { int32_t words, pairs; uint8_t stop, beside; } cut;
typedef struct { float length; int32_t to, from, square, over; } addend;
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
// times their weights. The rows of a bank are scale, shift, what is enough in a stretch of one clause and of several, and the weights of
// each dense feature. likely gets a bit for each that is enough.
void percept_odds(const int32_t *sums, const float *question, const addend *addends, const value *values, const run *runs, const float *flow,
	const end *ends, int n, const float *bank, int stride, float *odds, uint64_t *likely);
