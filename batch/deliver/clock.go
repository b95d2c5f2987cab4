package deliver

import (
	"context"
	"time"
)

// Clock is the time between attempts. Calls may overlap.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, at once if that is not above 0, or with ctx's error when that ends.
	Sleep(ctx context.Context, d time.Duration) error
}

// machine is the machine's clock.
type machine struct{}

func (machine) Now() time.Time { return time.Now() }

func (machine) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
