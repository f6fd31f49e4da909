#include <stdint.h>

// The same as in kernel.go and dense.go.
typedef struct { int32_t words, pairs; uint8_t stop, beside; } cut;
typedef struct { float length; int32_t to, from, square, over; } addend;
typedef struct { uint32_t at; float is; } value;
typedef struct { uint32_t at, size; } run;
typedef struct { int32_t addends, values, runs, flow, odds; uint8_t bank, labels, asked, several; } end;
typedef struct { int32_t stride, width, shift; } shape;
typedef struct { int32_t words, around, chars; struct { int32_t at, stride; } banks[3]; } sizes;

// percept_total adds up the rows of features to each end, in groups of eight numbers; every second sum goes on from the one before it.
void percept_total(const uint8_t *rows, const shape *of, const uint32_t *features, const int32_t *ends, int n, int32_t *sums);

// percept_answer answers what is asked of a text, in three steps.
//
// Where there are cuts it lays the text out: sums get a row of zeros, then for each stop of cuts the sums so far, of words (a byte for each
// number of a record, then of those around a stretch, then two for each of chars) and of pairs of words (bytes of rows).
//
// Then it adds up features as percept_total does, to the sums from total on.
//
// Then it writes for each stretch, to odds from where it ends say, the log odds: shift, what addends and question come to times scale,
// and its dense features times their weights. The rows of a bank are scale, shift, what is enough in a stretch of one clause and of
// several, and the weights of each dense feature. likely gets a bit for each that is enough.
void percept_answer(const sizes *size, int32_t *sums, const uint8_t *records, const uint8_t *rows, const int32_t *words, const int32_t *pairs,
	const cut *cuts, int n, const uint8_t *table, const shape *of, const uint32_t *features, const int32_t *totals, int m, int total,
	const float *question, const addend *addends, const value *values, const run *runs, const float *flow, const end *ends, int k,
	const float *banks, float *odds, uint64_t *likely);
