package fetch

import (
	"errors"
	"fmt"
)

// What went wrong, for errors.Is. None of them matches context.DeadlineExceeded or
// sdk.ErrTimeout: a request that takes too long is not a hook that takes too long.
var (
	// ErrInvalid says that what was asked for makes no sense: an option, or the URL, method,
	// headers or body of a request.
	ErrInvalid = errors.New("invalid")
	// ErrNotAllowed says that a host or port, also that of a redirect, was not named.
	ErrNotAllowed = errors.New("not allowed")
	// ErrInternal says that a host that was named has an internal address that was not.
	ErrInternal = errors.New("internal address")
	// ErrTimeout says that the whole answer was not there within Options.Timeout.
	ErrTimeout = errors.New("timeout")
	// ErrTooLarge says that a body is longer than Options.MaxBytes.
	ErrTooLarge = errors.New("too large")
	// ErrRedirects says that there were more than 20 redirects.
	ErrRedirects = errors.New("too many redirects")
	// ErrNotRecorded says that the cassette has no answer and the network may not be asked.
	ErrNotRecorded = errors.New("not recorded")
	// ErrClosed says that the Client was closed before or during the call.
	ErrClosed = errors.New("the client is closed")
)

// Error is a request that got no answer. Its text, and that of URL, is free of secrets; the text
// of its causes may not be.
type Error struct {
	URL string // as far as it may be shown
	Err error  // cause, never nil

	text string
}

// Error is "fetch URL: cause".
func (e *Error) Error() string { return e.text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CassetteError is damage in a cassette.
type CassetteError struct {
	Path string // as in Options.Cassette
	Line int    // 1-based
	Err  error  // cause, never nil
}

// Error is "path:line: cause".
func (e *CassetteError) Error() string { return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err) }

// Unwrap returns the cause.
func (e *CassetteError) Unwrap() error { return e.Err }

// refusal is an error of one of the kinds above, worded for an author.
type refusal struct {
	kind error
	text string
}

func (r *refusal) Error() string { return r.text }

func (r *refusal) Unwrap() error { return r.kind }

func refuse(kind error, format string, args ...any) error {
	return &refusal{kind: kind, text: fmt.Sprintf(format, args...)}
}
