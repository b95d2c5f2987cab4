package modules

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// Host is what a [Library] needs of the runtime that it serves. All calls come from the goroutine
// that runs JavaScript.
type Host interface {
	// Runtime is the runtime; always the same.
	Runtime() *goja.Runtime
	// Now is the clock that plugins see.
	Now() time.Time
	// Random is the next number of the stream that randomUUID and its like draw from. With a
	// seeded stream they are reproducible, and not secret.
	Random() uint64
	// Buffer is the class Buffer, a subclass of Uint8Array.
	Buffer() *goja.Object
	// NewBuffer makes a Buffer that owns data.
	NewBuffer(data []byte) goja.Value
}

// Library is the modules and globals of one runtime. Each is made when it is first used, once.
// A Library is used by one goroutine at a time, as its runtime is.
type Library struct {
	host    Host
	vm      *goja.Runtime
	table   map[string]func(*Library) goja.Value
	made    map[string]goja.Value
	started time.Time // origin of performance.now
	scratch []byte    // text on its way to a hash
	classes classes

	formatters map[string]goja.Callable // see maker
}

// classes are made with the modules that show them.
type classes struct {
	url, params, paramsIterator *class
	hash, hmac                  *class
}

// New makes the library of the host's runtime. It touches nothing until [Library.Install] or
// [Library.Require] is called.
func New(h Host) *Library {
	return &Library{host: h, vm: h.Runtime(), table: moduleTable, made: map[string]goja.Value{}, started: h.Now()}
}

// moduleTable has the modules by the name that plugins require.
var moduleTable = map[string]func(*Library) goja.Value{
	"@posthog/plugin-contrib": shimModule("contrib"),
	"assert":                  shimModule("assert"),
	"assert/strict":           strictAssert,
	"buffer":                  (*Library).bufferModule,
	"crypto":                  (*Library).cryptoModule,
	"events":                  shimModule("events"),
	"net":                     (*Library).netModule,
	"os":                      shimModule("os"),
	"path":                    shimModule("path"),
	"path/posix":              posixPath,
	"perf_hooks":              (*Library).perfHooks,
	"process":                 (*Library).processModule,
	"punycode":                shimModule("punycode"),
	"querystring":             (*Library).querystringModule,
	"stream":                  shimModule("stream"),
	"stream/promises":         streamPromises,
	"string_decoder":          shimModule("string_decoder"),
	"sys":                     (*Library).utilModule,
	"timers":                  (*Library).timersModule,
	"timers/promises":         shimModule("timers_promises"),
	"url":                     (*Library).urlModule,
	"util":                    (*Library).utilModule,
	"util/types":              utilTypes,
	"zlib":                    (*Library).zlibModule,
}

// Provides says whether [Library.Require] knows the module, with or without "node:" in front.
func Provides(name string) bool { return moduleTable[strings.TrimPrefix(name, "node:")] != nil }

// Names lists the modules, sorted, without "node:".
func Names() []string { return slices.Sorted(maps.Keys(moduleTable)) }

// Require returns what a module exports; ok is false if it is not provided. The same module gives
// the same value each time. It panics with a JavaScript error only if the plugin broke what the
// module is built from, such as Object.create.
func (l *Library) Require(name string) (exports goja.Value, ok bool) {
	name = strings.TrimPrefix(name, "node:")
	make := l.table[name]
	if make == nil {
		return nil, false
	}
	return l.once("module:"+name, make), true
}

// require is Require for modules that are known to exist.
func (l *Library) require(name string) *goja.Object {
	exports, ok := l.Require(name)
	if !ok {
		panic("modules: no module " + name)
	}
	return exports.ToObject(l.vm)
}

// once returns the value that make made the first time.
func (l *Library) once(key string, make func(*Library) goja.Value) goja.Value {
	if v := l.made[key]; v != nil {
		return v
	}
	v := make(l)
	l.made[key] = v
	return v
}
