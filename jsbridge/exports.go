package jsbridge

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// exports holds the hooks that a plugin exports.
type exports struct {
	hooks  map[string]goja.Value // by JavaScript name, truthy values only
	jobs   map[string]goja.Value // by name
	places []*goja.Object        // where they were looked for, in this order
}

// hookExports are the names that are looked for.
var hookExports = []string{
	sdk.HookSetupPlugin, sdk.HookProcessEvent, "processEventBatch", sdk.HookOnEvent,
	sdk.HookComposeWebhook, sdk.HookTeardownPlugin,
	sdk.HookRunEveryMinute, sdk.HookRunEveryHour, sdk.HookRunEveryDay, sdk.HookJobs, "exportEvents",
}

// any says whether anything was found.
func (x *exports) any() bool { return len(x.hooks) > 0 }

// standIn names older exports that are called through another hook.
var standIn = map[string]string{
	sdk.HookProcessEvent:   "processEventBatch",
	sdk.HookOnEvent:        "exportEvents",
	sdk.HookTeardownPlugin: "exportEvents",
}

// names lists the hooks for sdk.Info.
func (x *exports) names() []string {
	var names []string
	for _, name := range sdk.HookNames() {
		if x.hooks[name] != nil || x.hooks[standIn[name]] != nil {
			names = append(names, name)
		}
	}
	return names
}

// scheduled lists the exports that are not called for one event but by a clock or a buffer: a
// plugin that has them keeps state.
func (x *exports) scheduled() []string {
	var names []string
	for _, name := range hookExports {
		if x.hooks[name] != nil && (strings.HasPrefix(name, "runEvery") || name == sdk.HookJobs || name == "exportEvents") {
			names = append(names, name)
		}
	}
	return names
}

// find looks for each hook in the places where a plugin may export it, in this order: exports,
// exports.default, module.exports, module.exports.default; the first that holds something true
// has it. If nothing at all is exported, top-level functions of the script are the hooks.
// Source: the original runtime, fact sheet section 2.1.
func (x *exports) find(in *instance) {
	x.hooks = map[string]goja.Value{}
	main := in.loaded[in.p.entry.name]
	var places []*goja.Object
	for _, v := range []goja.Value{main.Get("ownExports"), main.Get("exports")} {
		if o, ok := v.(*goja.Object); ok {
			places = append(places, o)
			if d, ok := o.Get("default").(*goja.Object); ok {
				places = append(places, d)
			}
		}
	}
	empty := true
	for _, place := range places {
		empty = empty && len(place.Keys()) == 0
	}
	if empty && in.p.entry.script {
		places = append(places, in.vm.GlobalObject())
	}
	x.places = places
	for _, name := range hookExports {
		for _, place := range places {
			if v := place.Get(name); v != nil && v.ToBoolean() && !skipped(name, v) {
				x.hooks[name] = v
				break
			}
		}
	}
	x.findJobs()
}

// skipped says whether the original runtime passed over an export: of the tasks, all but functions.
func skipped(name string, v goja.Value) bool {
	if !strings.HasPrefix(name, "runEvery") {
		return false
	}
	_, ok := goja.AssertFunction(v)
	return !ok
}

// findJobs gathers the jobs of all places; what stands in an earlier one wins, name by name.
func (x *exports) findJobs() {
	x.jobs = map[string]goja.Value{}
	for _, place := range slices.Backward(x.places) {
		list, ok := place.Get(sdk.HookJobs).(*goja.Object)
		if !ok {
			continue
		}
		for _, name := range list.Keys() {
			x.jobs[name] = list.Get(name)
		}
	}
	if len(x.jobs) == 0 {
		delete(x.hooks, sdk.HookJobs)
	}
}

// schedules lists the scheduled tasks.
func (x *exports) schedules() []sdk.Schedule {
	var list []sdk.Schedule
	for _, s := range []sdk.Schedule{sdk.EveryMinute, sdk.EveryHour, sdk.EveryDay} {
		if x.hooks[s.String()] != nil {
			list = append(list, s)
		}
	}
	return list
}
