package analysis

import (
	"context"
	"sync"
	"sync/atomic"
)

// each calls do for every item of list, workers at a time, and returns when all are done or ctx is.
func each[T any](ctx context.Context, workers int, list []T, do func(T)) error {
	var next atomic.Int64
	work := func() {
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= len(list) {
				return
			}
			do(list[i])
		}
	}
	var wg sync.WaitGroup
	for range min(workers, len(list)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	return ctx.Err()
}
