package modules

import (
	_ "embed"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/weburl"
)

// testHost is a runtime with just enough around a Library: timers that run when the script is
// done, and a class Buffer.
type testHost struct {
	vm     *goja.Runtime
	lib    *Library
	now    time.Time
	random *rand.PCG
	class  *goja.Object
	queue  []func()
}

func (h *testHost) Runtime() *goja.Runtime { return h.vm }
func (h *testHost) Now() time.Time         { return h.now }
func (h *testHost) Random() uint64         { return h.random.Uint64() }

func (h *testHost) Buffer() *goja.Object {
	if h.class == nil {
		source, err := os.ReadFile("testdata/buffer.js")
		must(err)
		factory, err := h.vm.RunScript("buffer.js", string(source))
		must(err)
		f, _ := goja.AssertFunction(factory)
		native := h.vm.NewObject()
		must(native.Set("encode", func(s, encoding string) goja.ArrayBuffer { return h.vm.NewArrayBuffer(encodeForTest(s, encoding)) }))
		must(native.Set("decode", func(call goja.FunctionCall) goja.Value {
			data, _ := call.Argument(0).Export().([]byte)
			return h.vm.ToValue(decodeForTest(data, call.Argument(1).String()))
		}))
		class, err := f(goja.Undefined(), native)
		must(err)
		h.class = class.ToObject(h.vm)
	}
	return h.class
}

func (h *testHost) NewBuffer(data []byte) goja.Value {
	b, err := h.vm.New(h.Buffer(), h.vm.ToValue(h.vm.NewArrayBuffer(data)))
	must(err)
	return b
}

// newHost makes a runtime with the library installed, and require, Buffer and timers.
func newHost(t testing.TB) *testHost {
	t.Helper()
	h := &testHost{vm: goja.New(), now: time.Date(2024, 3, 5, 10, 11, 12, 345e6, time.UTC), random: rand.NewPCG(1, 2)}
	h.vm.SetTimeSource(h.Now)
	h.vm.SetMaxCallStackSize(1000)
	h.lib = New(h)
	global := h.vm.GlobalObject()
	must(global.Set("require", func(name string) (goja.Value, error) {
		if v, ok := h.lib.Require(name); ok {
			return v, nil
		}
		return nil, errors.New("no module " + name)
	}))
	later := func(skip int) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			f, _ := goja.AssertFunction(call.Argument(0))
			args := append([]goja.Value(nil), call.Arguments[min(skip, len(call.Arguments)):]...)
			id := len(h.queue)
			h.queue = append(h.queue, func() {
				_, err := f(goja.Undefined(), args...)
				require.NoError(t, err)
			})
			return h.vm.ToValue(id)
		}
	}
	clearTimer := func(call goja.FunctionCall) goja.Value {
		if id := call.Argument(0).ToInteger(); id >= 0 && id < int64(len(h.queue)) {
			h.queue[id] = func() {}
		}
		return goja.Undefined()
	}
	for name, f := range map[string]any{
		"setTimeout": later(2), "setImmediate": later(1), "setInterval": later(2), "clearTimeout": clearTimer, "clearInterval": clearTimer, "clearImmediate": clearTimer,
	} {
		must(global.Set(name, f))
	}
	_, err := h.vm.RunString(`globalThis.queueMicrotask = (f) => { Promise.resolve().then(f) }; globalThis.global = globalThis`)
	must(err)
	h.lib.Install()
	h.lib.lazily(global, "Buffer", func(*Library) goja.Value { return h.Buffer() })
	return h
}

// run evaluates a script, and runs timers until a promise that it returns is settled.
func (h *testHost) run(script string) (goja.Value, error) {
	v, err := h.vm.RunScript("test.js", script)
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(h.queue); i++ {
		h.queue[i]()
	}
	h.queue = nil
	if o, ok := v.(*goja.Object); ok && o.ExportType() == promiseType {
		p := o.Export().(*goja.Promise)
		switch p.State() {
		case goja.PromiseStatePending:
			return nil, errors.New("the promise is pending")
		case goja.PromiseStateRejected:
			return nil, errors.New(p.Result().String())
		}
		return p.Result(), nil
	}
	return v, nil
}

// text is String of what the script returns, or of what it throws.
func (h *testHost) text(script string) string {
	v, err := h.run(script)
	if err != nil {
		return "throws " + strings.SplitN(err.Error(), " at ", 2)[0]
	}
	return v.String()
}

func encodeForTest(s, encoding string) []byte {
	vm := goja.New()
	switch encoding {
	case "hex", "base64", "base64url":
		b, err := codecForTest(encoding).decode(s)
		if err != nil {
			return nil
		}
		return b
	case "latin1", "ascii":
		l := Library{vm: vm}
		return []byte(l.latin1(vm.ToValue(s)))
	case "utf16le":
		var b []byte
		for _, c := range unitsOf(s) {
			b = append(b, byte(c), byte(c>>8))
		}
		return b
	}
	return []byte(s)
}

func decodeForTest(data []byte, encoding string) any {
	switch encoding {
	case "hex", "base64", "base64url":
		return codecForTest(encoding).encode(data)
	case "latin1", "ascii":
		units := make([]uint16, len(data))
		for i, c := range data {
			units[i] = uint16(c)
		}
		return goja.StringFromUTF16(units)
	case "utf16le":
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
		}
		return goja.StringFromUTF16(units)
	}
	return weburl.DecodeUTF8(data)
}

func toJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}
