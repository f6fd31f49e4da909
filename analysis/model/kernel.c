// The inner loops of scoring, for compilers that add many numbers at once. See kernel.go.
#include "kernel.h"
#include <math.h>
#include <string.h>

// What runs on every processor of the kind, and faster on newer ones.
#if defined(__x86_64__) && defined(__gnu_linux__)
#define FAST __attribute__((target_clones("avx2", "default")))
#else
#define FAST
#endif

// Vectors of numbers, read from anywhere.
#define VECTOR(n) __attribute__((vector_size(n), aligned(1), may_alias))
#define MAX_GROUPS 16 // of a row
typedef uint8_t bytes8 VECTOR(8);
typedef uint8_t bytes16 VECTOR(16);
typedef uint16_t shorts8 VECTOR(16);
typedef uint16_t shorts16 VECTOR(32);
typedef int32_t ints8 VECTOR(32);
typedef int32_t ints16 VECTOR(64);
typedef float floats8 VECTOR(32);

#define INLINE static inline __attribute__((always_inline))

// add_words adds the records of words to a sum: width bytes of each, then chars numbers of two bytes. At most 256 rows are added to two
// bytes.
INLINE void add_words(int32_t *sum, const uint8_t *records, const int32_t *at, int n, int width, int chars) {
	shorts16 low[MAX_GROUPS];
	shorts8 high[MAX_GROUPS];
	for (int i = 0; i < width / 16; i++) low[i] = (shorts16){0};
	for (int i = 0; i < chars / 8; i++) high[i] = (shorts8){0};
	for (int k = 0; k < n; k++) {
		const uint8_t *row = records + at[k];
		for (int i = 0; i < width / 16; i++) low[i] += __builtin_convertvector(((const bytes16 *)row)[i], shorts16);
		for (int i = 0; i < chars / 8; i++) high[i] += ((const shorts8 *)(row + width))[i];
	}
	for (int i = 0; i < width / 16; i++) ((ints16 *)sum)[i] += __builtin_convertvector(low[i], ints16);
	for (int i = 0; i < chars / 8; i++) ((ints8 *)(sum + width))[i] += __builtin_convertvector(high[i], ints8);
}

INLINE void lay(int32_t *sums, const uint8_t *records, const uint8_t *rows, const int32_t *words, const int32_t *pairs, const cut *cuts, int n,
	int width, int around, int chars) {
	const int all = width + around + chars;
	if (n == 0) return;
	for (int i = 0; i < cuts[n - 1].words; i++)
		for (int b = 0; b < all + chars; b += 64) __builtin_prefetch(records + words[i] + b);
	for (int i = 0; i < cuts[n - 1].pairs; i++) __builtin_prefetch(rows + pairs[i]);
	memset(sums, 0, 2 * all * sizeof *sums);
	sums += all;
	int w = 0, p = 0;
	for (int c = 0; c < n; c++) {
		const int32_t *at = words + w;
		const int more = cuts[c].words - w;
		if (cuts[c].beside) {
			add_words(sums + width, records + width, at, more, around, 0);
		} else {
			if (width == 48 && around == 64 && chars == 40) // as in the weights that come with percept, so that all sums fit into registers
				add_words(sums, records, at, more, 112, 40);
			else
				add_words(sums, records, at, more, width + around, chars);
			if (width == 48)
				add_words(sums, rows, pairs + p, cuts[c].pairs - p, 48, 0);
			else
				add_words(sums, rows, pairs + p, cuts[c].pairs - p, width, 0);
		}
		w = cuts[c].words, p = cuts[c].pairs;
		if (cuts[c].stop && c + 1 < n) {
			memcpy(sums + all, sums, all * sizeof *sums);
			sums += all;
		}
	}
}

FAST void percept_total(const uint8_t *rows, const shape *of, const uint32_t *features, const int32_t *ends, int n, int32_t *sums) {
	const int stride = of->stride, width = of->width, shift = of->shift;
	if (n > 0)
		for (int k = 0; k < ends[n - 1]; k++) __builtin_prefetch(rows + (long)(features[k] >> shift) * stride);
	int from = 0;
	for (int e = 0; e < n; e++, sums += width) {
		if (e & 1)
			memcpy(sums, sums - width, width * sizeof *sums);
		else
			memset(sums, 0, width * sizeof *sums);
		while (from < ends[e]) {
			const int to = ends[e] - from < 256 ? ends[e] : from + 256;
			for (int i = 0; i < width; i += 8) {
				shorts8 acc = {0};
				for (int k = from; k < to; k++)
					acc += __builtin_convertvector(*(const bytes8 *)(rows + (long)(features[k] >> shift) * stride + i), shorts8);
				*(ints8 *)(sums + i) += __builtin_convertvector(acc, ints8);
			}
			from = to;
		}
	}
}

INLINE uint32_t any(ints8 x) { return x[0] | x[1] | x[2] | x[3] | x[4] | x[5] | x[6] | x[7]; }

// The rows of a bank.
enum { SCALE, SHIFT, ENOUGH, ENOUGH_OF_SEVERAL, DENSE };

// odds_of writes width log odds, of at most 32, from label j on, and returns a bit for each that is enough: of the stretch whose addends,
// values and runs are between two ends.
INLINE uint64_t odds_of(const int32_t *sums, const float *question, const addend *addends, const value *values, const run *runs,
	const float *flow, end from, end to, const float *bank, int stride, float *odds, int j, int width) {
	floats8 hashed[4] = {{0}}, rest[4] = {{0}}; // several, which need not wait for each other, and four of rest for eight labels too
	for (int a = from.addends; a < to.addends; a++) {
		const int32_t *till = sums + addends[a].to, *since = sums + addends[a].from;
		const int32_t square = till[addends[a].square] - since[addends[a].square];
		const float f = addends[a].length / sqrtf(square > 1 ? square : 1);
		for (int i = 0; i < width / 8; i++)
			hashed[i] += f * __builtin_convertvector(((const ints8 *)(till + j))[i] - ((const ints8 *)(since + j))[i] - addends[a].over, floats8);
	}
	if (to.asked)
		for (int i = 0; i < width / 8; i++) hashed[i] += ((const floats8 *)(question + j))[i];
	const float *dense = bank + DENSE * stride + j;
	for (int v = from.values; v < to.values; v++) {
		const floats8 *row = (const floats8 *)(dense + (long)values[v].at * stride);
		for (int i = 0; i < width / 8; i++) rest[i] += values[v].is * row[i];
	}
	flow += from.flow;
	for (int r = from.runs; r < to.runs; r++) {
		const float *row = dense + (long)runs[r].at * stride;
		uint32_t k = 0;
		if (width == 8)
			for (; k + 4 <= runs[r].size; k += 4, row += 4 * stride, flow += 4)
				for (int i = 0; i < 4; i++) rest[i] += flow[i] * *(const floats8 *)(row + i * stride);
		for (; k < runs[r].size; k++, row += stride, flow++)
			for (int i = 0; i < width / 8; i++) rest[i] += *flow * ((const floats8 *)row)[i];
	}
	if (width == 8) rest[0] += rest[1] + rest[2] + rest[3];
	const floats8 *scale = (const floats8 *)(bank + SCALE * stride + j), *shift = (const floats8 *)(bank + SHIFT * stride + j);
	const floats8 *enough = (const floats8 *)(bank + (to.several ? ENOUGH_OF_SEVERAL : ENOUGH) * stride + j);
	ints8 likely = {0};
	for (int i = 0; i < width / 8; i++) {
		const floats8 all = shift[i] + hashed[i] * scale[i] + rest[i];
		((floats8 *)(odds + j))[i] = all;
		likely |= (all >= enough[i]) & (ints8){1, 2, 4, 8, 16, 32, 64, 128} << 8 * i;
	}
	return (uint64_t)any(likely) << j;
}

FAST void percept_answer(const sizes *size, int32_t *sums, const uint8_t *records, const uint8_t *rows, const int32_t *words, const int32_t *pairs,
	const cut *cuts, int n, const uint8_t *table, const shape *of, const uint32_t *features, const int32_t *totals, int m, int total,
	const float *question, const addend *addends, const value *values, const run *runs, const float *flow, const end *ends, int k,
	const float *banks, float *odds, uint64_t *likely) {
	lay(sums, records, rows, words, pairs, cuts, n, size->words, size->around, size->chars);
	if (m > 0) percept_total(table, of, features, totals, m, sums + total);
	end from = {0};
	for (int i = 0; i < k; i++) {
		const end to = ends[i];
		const int stride = size->banks[to.bank].stride;
		const float *bank = banks + size->banks[to.bank].at;
		int j = 0;
		likely[i] = 0;
		for (; j + 32 <= stride; j += 32) likely[i] |= odds_of(sums, question, addends, values, runs, flow, from, to, bank, stride, odds + to.odds, j, 32);
		for (; j < stride; j += 8) likely[i] |= odds_of(sums, question, addends, values, runs, flow, from, to, bank, stride, odds + to.odds, j, 8);
		from = to;
	}
}
