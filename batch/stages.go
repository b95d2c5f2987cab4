package batch

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// stages are goroutines that work at the same time. The first that fails ends the others by cancel.
type stages struct {
	errgroup.Group
	cancel context.CancelCauseFunc
}

// start runs a stage.
func (s *stages) start(stage func() error) {
	s.Go(func() error {
		err := stage()
		if err != nil {
			s.cancel(err)
		}
		return err
	})
}
