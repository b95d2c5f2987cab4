package jsbridge

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// hooks makes the functions that a host calls.
func (in *instance) hooks() *sdk.Hooks {
	x := in.exports.hooks
	h := &sdk.Hooks{Close: in.close}
	if f := x[sdk.HookSetupPlugin]; f != nil {
		h.SetupPlugin = in.metaHook(f)
	}
	if f := x[sdk.HookTeardownPlugin]; f != nil {
		h.TeardownPlugin = in.metaHook(f)
	}
	if f := x[sdk.HookProcessEvent]; f != nil {
		h.ProcessEvent = in.processEvent(in.hook(f), false)
	} else if f := x["processEventBatch"]; f != nil {
		h.ProcessEvent = in.processEvent(in.hook(f), true)
	}
	if f := x[sdk.HookOnEvent]; f != nil {
		h.OnEvent = in.onEvent(in.hook(f))
	}
	if f := x[sdk.HookComposeWebhook]; f != nil {
		h.ComposeWebhook = in.composeWebhook(in.function(f))
	}
	for _, s := range in.exports.schedules() {
		if h.RunEvery == nil {
			h.RunEvery = map[sdk.Schedule]func(*sdk.PluginMeta) error{}
		}
		h.RunEvery[s] = in.metaHook(x[s.String()])
	}
	for name, f := range in.exports.jobs {
		if h.Jobs == nil {
			h.Jobs = map[string]func(sdk.Value, *sdk.PluginMeta) error{}
		}
		h.Jobs[name] = in.jobHook(f)
	}
	if f := x["exportEvents"]; f != nil {
		in.newExporter(in.hook(f)).wrap(h)
	}
	return h
}

func (in *instance) close() error {
	in.kill(errors.New("instance is closed"))
	return nil
}

// function returns the function that v is; calling what is none fails as it does in JavaScript.
func (in *instance) function(v goja.Value) goja.Callable {
	if f, ok := goja.AssertFunction(v); ok {
		return f
	}
	return func(goja.Value, ...goja.Value) (goja.Value, error) {
		return nil, &ScriptError{Name: "TypeError", Message: fmt.Sprintf("hook is %s, not a function", v)}
	}
}

// begin opens a hook call: objects of earlier calls stand alone from now on.
func (in *instance) begin() {
	in.call++
	in.timers.reset()
	in.rejects.reset()
}

// end closes it.
func (in *instance) end() {
	in.rejects.report(in.meta.Logger)
	in.timers.reset()
	in.call++
}

func (in *instance) metaHook(v goja.Value) func(*sdk.PluginMeta) error {
	f := in.hook(v)
	return func(*sdk.PluginMeta) error {
		in.begin()
		defer in.end()
		_, err := in.invoke(f, in.metaObj)
		return err
	}
}

// jobHook makes the hook of a job. A payload that is false in JavaScript is left out, as in the original runtime.
func (in *instance) jobHook(v goja.Value) func(sdk.Value, *sdk.PluginMeta) error {
	f := in.function(v)
	return func(payload sdk.Value, _ *sdk.PluginMeta) error {
		in.begin()
		defer in.end()
		args := []goja.Value{in.metaObj}
		if given := in.decode(payload); payload.Exists() && given.ToBoolean() {
			args = []goja.Value{given, in.metaObj}
		}
		_, err := in.invoke(f, args...)
		return err
	}
}

// processEvent makes the hook; batch is the old form, which takes and returns a list.
func (in *instance) processEvent(f goja.Callable, batch bool) func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	return func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
		in.begin()
		defer in.end()
		view := in.view(e)
		in.args = [2]goja.Value{view.value(), in.metaObj}
		if batch {
			in.args[0] = in.vm.NewArray(view.value())
		}
		result, err := in.invoke(f, in.args[:]...)
		if err == nil && batch {
			result, err = in.first(result)
		}
		if err != nil {
			if in.alive() == nil {
				err = errors.Join(err, in.scriptError(view.flush()))
			}
			return nil, err
		}
		return in.result(e, view, result)
	}
}

// first returns element 0 of what a processEventBatch returned, undefined without one.
func (in *instance) first(list goja.Value) (v goja.Value, err error) {
	o, ok := list.(*goja.Object)
	if !ok {
		return goja.Undefined(), nil
	}
	if exception := in.vm.Try(func() { v = o.Get("0") }); exception != nil {
		return nil, in.scriptError(exception)
	}
	return v, nil
}

// result makes the event of what processEvent returned.
func (in *instance) result(e *sdk.PluginEvent, view view, result goja.Value) (*sdk.PluginEvent, error) {
	if result == nil || !result.ToBoolean() {
		return nil, nil
	}
	o, ok := result.(*goja.Object)
	if !ok {
		return nil, fmt.Errorf("%w: got %s", sdk.ErrNotAnEvent, describeValue(result))
	}
	if o == view.value() {
		return e, in.scriptError(view.flush())
	}
	if copied := asLazy(o); copied != nil && copied.free() {
		if err := copied.flush(); err != nil {
			return nil, errors.Join(in.scriptError(err), in.scriptError(view.flush()))
		}
		if heir := e.Heir(copied.o); heir != nil {
			copied.o = &heir.Object // whose past is what a plugin that keeps the copy reads
			return heir, nil
		}
	}
	if isArray(o) || isCallable(o) {
		return nil, fmt.Errorf("%w: got %s", sdk.ErrNotAnEvent, describeValue(result))
	}
	text, _, err := in.encode(nil, o, e.Get())
	if err != nil {
		return nil, errors.Join(in.scriptError(err), in.scriptError(view.flush()))
	}
	out, err := sdk.NewEvent(text)
	if err != nil {
		return nil, fmt.Errorf("%w: it is not a JSON object", sdk.ErrNotAnEvent)
	}
	return out, nil
}

func isCallable(o *goja.Object) bool {
	_, ok := goja.AssertFunction(o)
	return ok
}

func (in *instance) onEvent(f goja.Callable) func(*sdk.PluginEvent, *sdk.PluginMeta) error {
	return func(e *sdk.PluginEvent, _ *sdk.PluginMeta) error {
		in.begin()
		defer in.end()
		in.args = [2]goja.Value{in.view(e).value(), in.metaObj}
		_, err := in.invoke(f, in.args[:]...)
		return err
	}
}

func (in *instance) composeWebhook(f goja.Callable) func(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error) {
	return func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.Webhook, error) {
		in.begin()
		defer in.end()
		event, err := in.stored(e)
		if err != nil {
			return nil, err
		}
		in.args = [2]goja.Value{event, in.metaObj}
		result, err := in.compose(f)
		if err != nil || result == nil || !result.ToBoolean() {
			return nil, err
		}
		return in.webhook(result)
	}
}

// compose calls composeWebhook, which must be synchronous: a promise is no webhook.
func (in *instance) compose(f goja.Callable) (result goja.Value, err error) {
	if err := in.alive(); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = in.kill(fmt.Errorf("engine: %v", r))
		}
	}()
	result, err = f(goja.Undefined(), in.args[:]...)
	if _, isPromise := promiseOf(result); err == nil && isPromise {
		return nil, errors.New("composeWebhook returned a promise, want a webhook or null: it must not be async")
	}
	return result, in.scriptError(err)
}

// stored makes the event as composeWebhook sees it: timestamp is a Date.
// Source: the original runtime, type PostHogEvent, fact sheet section 5.3.
func (in *instance) stored(e *sdk.PluginEvent) (goja.Value, error) {
	view := in.view(e)
	timestamp, ok := e.Get("timestamp").Str()
	if !ok {
		return view.value(), nil
	}
	date, err := in.vm.New(in.date, in.vm.ToValue(timestamp))
	if err != nil {
		return nil, in.scriptError(err)
	}
	if err := view.value().Set("timestamp", date); err != nil {
		return nil, in.scriptError(err)
	}
	return view.value(), nil
}

// webhook reads what composeWebhook returned.
func (in *instance) webhook(result goja.Value) (*sdk.Webhook, error) {
	o, ok := result.(*goja.Object)
	if !ok {
		return nil, fmt.Errorf("composeWebhook returned %s, want an object or null", describeValue(result))
	}
	var w sdk.Webhook
	exception := in.vm.Try(func() {
		w.URL = text(o.Get("url"))
		w.Method = text(o.Get("method"))
		w.Body = text(o.Get("body"))
		w.Headers = in.headers(o.Get("headers"))
	})
	if exception != nil {
		return nil, in.scriptError(exception)
	}
	if w.URL == "" {
		return nil, errors.New("composeWebhook returned a webhook without url")
	}
	return &w, nil
}

// text is String(v), "" for undefined and null.
func text(v goja.Value) string {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return ""
	}
	return v.String()
}

func (in *instance) headers(v goja.Value) map[string]string {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	headers := map[string]string{}
	for _, name := range o.Keys() {
		headers[name] = text(o.Get(name))
	}
	return headers
}
