package sdk

import (
	"context"
	"time"
)

// Storage is what a plugin remembers for good, by key: meta.storage. Values are JSON; one plugin
// of a chain has one Storage, shared by its instances. Calls may overlap.
// Source: the original runtime, fact sheet section 3.2.
type Storage interface {
	// Get returns the value of key; it does not exist if key was never set. null is a value.
	Get(key string) (Value, error)
	// Set replaces the value of key with a copy of v; a missing v deletes it.
	Set(key string, v Value) error
	// Delete removes key; that there is none is no error.
	Delete(key string) error
	// Update replaces the value of key by what f makes of it, and nobody comes in between. With
	// an error of f nothing changes and Update returns it. f must not use the Storage.
	Update(key string, f func(old Value) (Value, error)) error
}

// Cache is what a plugin remembers for a while, by key: meta.cache, a subset of Redis. Values are
// texts or lists of texts. All plugins of a chain that have the same name share one. Time is the
// run's clock. Calls may overlap.
// Source: the original runtime, fact sheet section 3.1, and the Redis commands of the same names.
type Cache interface {
	// Get returns the text of key, false if there is none.
	Get(key string) (text string, ok bool, err error)
	// Set replaces the value of key; it is gone after ttl, if ttl is greater than 0.
	Set(key, text string, ttl time.Duration) error
	// Incr adds 1 to a whole number, 0 if there is none, and returns it.
	// Errors: [ErrNotInteger].
	Incr(key string) (int64, error)
	// Expire makes key go away after ttl, at once if ttl is not greater than 0. It says false if
	// there is no such key.
	Expire(key string, ttl time.Duration) (bool, error)
	// LPush puts elements at the front of a list, one after the other, and returns its length.
	LPush(key string, elements ...string) (int, error)
	// LRange returns the elements from start to end, both included; negative positions count
	// from the end of the list.
	LRange(key string, start, end int) ([]string, error)
	// LLen is the length of a list, 0 if there is none.
	LLen(key string) (int, error)
	// LPop removes and returns up to count elements from the front; nil if there is no list.
	LPop(key string, count int) ([]string, error)
	// LRem removes elements equal to element: the first count, the last -count if count is
	// negative, all if it is 0. It returns how many.
	LRem(key string, count int, element string) (int, error)
}

// Jobs takes work that a plugin puts off: meta.jobs. Calls may overlap. That there is no job of a name
// shows when it is due: it has failed then.
// Source: the original runtime, fact sheet section 2.7.
type Jobs interface {
	// Enqueue plans job name for the run's clock plus delay; a delay of 0 or less is as soon as
	// possible. payload may be missing; it is copied.
	Enqueue(name string, payload Value, delay time.Duration) error
	// EnqueueAt plans it for a time.
	EnqueueAt(name string, payload Value, at time.Time) error
}

// MetricOp is what a metric makes of a new value.
type MetricOp uint8

// The operations of the original runtime.
const (
	MetricSum MetricOp = iota + 1
	MetricMax
	MetricMin
)

// Metrics takes numbers that a plugin counts: meta.metrics. Calls may overlap.
// Source: the original runtime, fact sheet section 3.4.
type Metrics interface {
	Record(name string, op MetricOp, value float64)
}

// GeoIP finds places of addresses: meta.geoip. Calls may overlap.
// Source: the original runtime, fact sheet section 3.5.
type GeoIP interface {
	// Locate returns what is known of an address as an object of the form of MaxMind's City
	// records; it does not exist if nothing is known.
	Locate(ip string) (Value, error)
}

// Capturer takes events that a plugin makes: posthog.capture. Calls may overlap.
// Source: the original runtime, fact sheet section 4.6.
type Capturer interface {
	Capture(event *PluginEvent) error
}

// Request is what a plugin asks of the network: fetch.
type Request struct {
	Method  string // "" means GET
	URL     string
	Headers [][2]string // in order; names as the plugin wrote them
	Body    []byte      // nil means none
	Manual  bool        // redirects are not followed
}

// Response is the answer to a Request, read whole.
type Response struct {
	URL        string // after redirects
	Redirected bool
	Status     int
	StatusText string
	Headers    [][2]string // names in lower case, in order
	Body       []byte
}

// Fetcher is the network as a plugin sees it. Calls may overlap.
type Fetcher interface {
	// Fetch returns the answer, of whatever status. An error means that there was none.
	Fetch(ctx context.Context, r *Request) (*Response, error)
}
