// Package failing is a plugin that fails in every way, for tests in all forms: interpreted from this
// file, and compiled into the test.
package failing

import (
	"context"
	"errors"
	"fmt"

	"github.com/plugreel/plugreel/sdk"
)

// errOwn is a sentinel of the plugin.
var errOwn = errors.New("own")

// quotaError is an error type of the plugin.
type quotaError struct {
	limit int
	err   error
}

func (e *quotaError) Error() string { return fmt.Sprintf("limit of %d: %v", e.limit, e.err) }
func (e *quotaError) Unwrap() error { return e.err }

// Hooks makes the hooks of one instance.
func Hooks() sdk.Hooks {
	return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
		err := failure(e.Event())
		if e.Has("examine") {
			e.Set("found", examine(err))
			return e, nil
		}
		return e, err
	}}
}

func failure(kind string) error {
	switch kind {
	case "sentinel":
		return errOwn
	case "retry":
		return sdk.Retry(errOwn)
	case "retry nothing":
		return sdk.Retry(nil)
	case "wrapped retry":
		return fmt.Errorf("sending: %w", sdk.Retry(fmt.Errorf("again: %w", sdk.ErrNotInteger)))
	case "own type":
		return &quotaError{5, sdk.ErrWrongType}
	case "wrapped own type":
		return fmt.Errorf("storing: %w", &quotaError{7, context.DeadlineExceeded})
	case "joined":
		return errors.Join(errOwn, &quotaError{9, sdk.ErrTimeout})
	case "syntax":
		_, err := sdk.ParseObject([]byte("[1]"))
		return fmt.Errorf("config: %w", err)
	}
	return nil
}

// examine says what the plugin itself sees in an error.
func examine(err error) []string {
	found := []string{}
	var quota *quotaError
	var retry *sdk.RetryError
	if errors.As(err, &quota) {
		found = append(found, fmt.Sprint("quota ", quota.limit))
	}
	if errors.As(err, &retry) {
		found = append(found, fmt.Sprint("retry ", retry.Err))
	}
	for _, target := range []error{errOwn, sdk.ErrNotInteger, sdk.ErrWrongType, context.DeadlineExceeded} {
		if errors.Is(err, target) {
			found = append(found, "is "+target.Error())
		}
	}
	return found
}
