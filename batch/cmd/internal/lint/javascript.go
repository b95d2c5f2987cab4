package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/sdk"
)

// known are the exports of a JavaScript plugin that mean something.
var known = append(sdk.HookNames(), "processEventBatch", "exportEvents", "metrics", "default", "__esModule")

// retired were hooks in older runtimes, or in their types.
var retired = map[string]string{
	"onSnapshot":              "recordings are no events; use onEvent",
	"onAction":                "use onEvent and look at event.event",
	"getSettings":             "it has no effect here; remove it",
	"filterEvent":             "use processEvent and return null",
	"modifyEvent":             "use processEvent",
	"onEventWithPostHogEvent": "use composeWebhook or onEvent",
	"setupTeam":               "use setupPlugin",
	"processEventWithRetries": "use processEvent",
}

// javascript checks a plugin in JavaScript or TypeScript.
func (c *checker) javascript(in *jsbridge.Inspection) {
	for _, e := range in.Exports {
		c.export(e)
	}
	for _, h := range in.Hooks {
		c.hook(h)
	}
	for _, u := range in.Uses {
		c.use(u)
	}
	c.config(found{uses: in.Uses, elsewhere: in.ConfigElsewhere})
	if c.cloud {
		c.cloudRules(in)
	}
}

// export looks at an exported name.
func (c *checker) export(e jsbridge.Use) {
	if slices.Contains(known, e.Name) {
		return
	}
	if advice, ok := retired[e.Name]; ok {
		c.add(e.Place, codeHookRetired, advice, "%s is not called", e.Name)
		return
	}
	if strings.HasPrefix(e.Name, "runEvery") {
		c.add(e.Place, codeHookMisspelt, "use runEveryMinute, runEveryHour or runEveryDay", "%s is not called", e.Name)
		return
	}
	if near := nearest(e.Name, sdk.HookNames()); near != "" && near != sdk.HookJobs && !c.has(near) {
		c.add(e.Place, codeHookMisspelt, fmt.Sprintf("did you mean %q?", near), "%s is not called", e.Name)
	}
}

// hook looks at the function behind a hook.
func (c *checker) hook(h jsbridge.HookSource) {
	most := 2
	if strings.HasPrefix(h.Name, "runEvery") || h.Name == sdk.HookSetupPlugin || h.Name == sdk.HookTeardownPlugin {
		most = 1
	}
	switch {
	case h.Name == sdk.HookJobs:
	case h.Value:
		c.add(h.Place, codeHookValue, "export a function", "%s is no function", h.Name)
	case h.Params > most:
		c.add(h.Place, codeHookParameters, wantedParameters(most), "%s has %d parameters and gets %d", h.Name, h.Params, most)
	}
	if h.Async && h.Name == sdk.HookComposeWebhook && !c.cloud {
		c.add(h.Place, codeWebhookAsync, "make it a plain function", "composeWebhook must answer at once")
	}
}

func wantedParameters(n int) string {
	if n == 1 {
		return "it is called with (meta)"
	}
	return "it is called with (event, meta)"
}

// use looks at something in the source.
func (c *checker) use(u jsbridge.Use) {
	switch u.Kind {
	case jsbridge.UsePackage:
		c.add(u.Place, codePackageMissing, "install it into the plugin's node_modules, or do without", "%q is neither provided nor installed", u.Name)
	case jsbridge.UseAbsent:
		c.add(u.Place, codeGlobalAbsent, "", "%s does not exist where plugins run", u.Name)
	case jsbridge.UseHostAPI:
		c.add(u.Place, codeHostAPI, "read what you need from config or attachments", "posthog.api has no host product to ask")
	case jsbridge.UsePattern:
		c.add(u.Place, codeSlowPattern, "without lookaround and back-references it takes a time that is proportional to the text", "%s may take long on some texts", u.Name)
	}
}

// perEvent are the hooks that run for every event.
var perEvent = []string{sdk.HookProcessEvent, "processEventBatch", sdk.HookComposeWebhook, sdk.HookOnEvent}

// early are those of them in which the hosted product allowed no calls.
var early = []string{sdk.HookProcessEvent, "processEventBatch", sdk.HookComposeWebhook}

// cloudRules are those of the hosted product's documentation.
// Source: fact sheet sections 0, 2.2 and 4.5.
func (c *checker) cloudRules(in *jsbridge.Inspection) {
	for _, u := range in.Uses {
		switch hook := firstOf(u.Hooks, early); {
		case u.Kind == jsbridge.UseService && u.Name != "geoip" && hook != "":
			c.add(u.Place, codeCloudStorage, "keep what you need in global, from setupPlugin on", "%s is used in %s", u.Name, hook)
		case u.Kind == jsbridge.UseFetch && hook != "":
			c.add(u.Place, codeCloudFetch, "fetch in onEvent, or let composeWebhook make the request", "fetch is used in %s", hook)
		case u.Kind == jsbridge.UseLog && firstOf(u.Hooks, perEvent) != "":
			c.add(u.Place, codeCloudLog, "log in setupPlugin, or remove it", "console.%s may log every event, from %s", u.Name, firstOf(u.Hooks, perEvent))
		}
	}
	hooks := map[string]jsbridge.HookSource{}
	for _, h := range in.Hooks {
		hooks[h.Name] = h
		if h.Async && slices.Contains(early, h.Name) {
			c.add(h.Place, codeCloudAsync, "make it a plain function", "%s is async", h.Name)
		}
	}
	for _, other := range []string{sdk.HookComposeWebhook, sdk.HookOnEvent} {
		if h, ok := hooks[other]; ok && hooks[sdk.HookProcessEvent].Name != "" {
			c.add(h.Place, codeCloudHooks, "make two plugins", "%s beside processEvent", other)
		}
	}
}

// firstOf returns the first hook that is among some; "" if none is.
func firstOf(hooks, some []string) string {
	for _, h := range hooks {
		if slices.Contains(some, h) {
			return h
		}
	}
	return ""
}
