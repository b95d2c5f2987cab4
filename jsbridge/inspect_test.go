package jsbridge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

func TestInspectUses(t *testing.T) {
	const hook = "export function processEvent(event, meta) { "
	tests := []struct {
		name, reason, source string
		want                 []string // "kind name hooks"
		elsewhere            bool
	}{
		{"member", "", hook + "return meta.config.a }", []string{"config a processEvent"}, false},
		{"optional", "", hook + "return meta?.config?.a }", []string{"config a processEvent"}, false},
		{"text in brackets", "", hook + "return meta.config['a'] }", []string{"config a processEvent"}, false},
		{"computed", "", hook + "return meta.config[event.x] }", nil, true},
		{"parameter", "", "export function processEvent(e, { config }) { return config.a }", []string{"config a processEvent"}, false},
		{"renamed parameter", "", "export function processEvent(e, { config: c }) { return c.a }", []string{"config a processEvent"}, false},
		{"pattern in a parameter", "", "export function processEvent(e, { config: { a, b: c } }) { return a }", []string{"config a processEvent", "config b processEvent"}, false},
		{"pattern with a default", "", "export function processEvent(e, { config: { a } = {} }) { return a }", []string{"config a processEvent"}, false},
		{"pattern in a declaration", "", hook + "const { a } = meta.config; return a }", []string{"config a processEvent"}, false},
		{"pattern with a rest", "the rest may be anything", hook + "const { a, ...more } = meta.config; return more }", []string{"config a processEvent"}, true},
		{"variable", "", hook + "const c = meta.config; return c.a }", []string{"config a processEvent"}, false},
		{"own config", "a variable of the plugin's own", "const config = { a: 1 }\n" + hook + "return config.a }", nil, false},
		{"handed on", "", hook + "return other(meta.config) }", nil, true},
		{"spread", "", hook + "return { ...meta.config } }", nil, true},
		{"kept", "", hook + "meta.global.c = meta.config }", nil, true},
		{"attachment", "", "export function setupPlugin({ attachments }) { attachments.db.contents }", []string{"attachment db setupPlugin"}, false},
		{"in a helper", "by the hooks that reach it", hook + "return help(meta) }\nexport function onEvent(e, meta) { help(meta) }\nfunction help(meta) { return meta.config.a }", []string{"config a processEvent,onEvent"}, false},
		{"nobody reaches it", "", hook + "}\nfunction alone(meta) { return meta.config.a }", []string{"config a "}, false},
		{"service", "", "export async function processEvent(e, { storage }) { await storage.get('x') }", []string{"service storage processEvent"}, false},
		{"renamed service", "the transpiler renames what an export shadows", "export async function processEvent(e, { jobs }) { await jobs.x().runNow() }\nexport const jobs = { y() {} }", []string{"service jobs processEvent"}, false},
		{"fetch", "", "export async function onEvent() { await fetch('https://x') }", []string{"fetch fetch onEvent"}, false},
		{"node-fetch", "", "import get from 'node-fetch'\nexport async function onEvent() { await get('https://x') }", []string{"fetch fetch onEvent"}, false},
		{"own fetch", "", "function fetch() {}\nexport function onEvent() { fetch() }", nil, false},
		{"console", "", hook + "console.warn(event) }", []string{"log warn processEvent"}, false},
		{"absent", "", hook + "new WebSocket('x') }", []string{"absent WebSocket processEvent"}, false},
		{"asked for", "it is known that it may be absent", hook + "if (typeof window !== 'undefined') window.x() }", nil, false},
		{"own", "", "const location = {}\n" + hook + "return location }", nil, false},
		{"package", "", hook + "require('left-pad') }", []string{"package left-pad "}, false},
		{"provided package", "", "import crypto from 'crypto'\n" + hook + "return crypto.randomUUID() }", nil, false},
		{"pattern", "lookaround, back-references", hook + `return /(?<=a)b/.test(event.x) || /(a)\1/.test(event.x) || /plain/.test(event.x) }`, []string{`pattern /(?<=a)b/ processEvent`, `pattern /(a)\1/ processEvent`}, false},
		{"CommonJS", "", "module.exports = { processEvent(e, { config }) { return config.a } }", []string{"config a processEvent"}, false},
		{"assigned", "", "exports.processEvent = async (e, { config }) => config.a", []string{"config a processEvent"}, false},
		{"renamed export", "", "function run(e, { config }) { return config.a }\nexport { run as processEvent }", []string{"config a processEvent"}, false},
		{"TypeScript", "", "interface C { a: string }\nexport const processEvent = (e: any, { config }: { config: C }) => config.a", []string{"config a processEvent"}, false},
		{"module", "another file of the plugin", "import { help } from './help'\n" + hook + "return help(meta) }", []string{"config h processEvent"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := Inspect(fstest.MapFS{
				"index.js": {Data: []byte(tt.source)}, "help.js": {Data: []byte("export const help = (meta) => meta.config.h")},
			}, &manifest.Manifest{Name: "p"})
			require.NoError(t, err)
			var got []string
			for _, u := range in.Uses {
				got = append(got, fmt.Sprintf("%s %s %s", u.Kind, u.Name, strings.Join(u.Hooks, ",")))
			}
			assert.ElementsMatch(t, tt.want, got, tt.reason)
			assert.Equal(t, tt.elsewhere, in.ConfigElsewhere, tt.reason)
		})
	}
}

func TestInspectHooks(t *testing.T) {
	in, err := Inspect(fstest.MapFS{"index.ts": {Data: []byte(`
export async function processEvent(event: any, meta: any, third: any, ...rest: any[]) {}
const composeWebhook = (event: any) => null
export { composeWebhook }
export const onEvent = 5
export default { setupPlugin(meta: any) {} }
`)}}, &manifest.Manifest{Name: "p"})
	require.NoError(t, err)
	assert.Equal(t, []HookSource{
		{Place{"index.ts", 6, 18}, "setupPlugin", false, 1, false},
		{Place{"index.ts", 2, 1}, "processEvent", true, 3, false},
		{Place{"index.ts", 5, 24}, "onEvent", false, 0, true},
		{Place{"index.ts", 3, 24}, "composeWebhook", false, 1, false},
	}, in.Hooks)
}

func TestInspectRefusesWhatDoesNotCompile(t *testing.T) {
	_, err := Inspect(fstest.MapFS{"index.js": {Data: []byte("export function (")}}, &manifest.Manifest{Name: "p"})
	var load *sdk.LoadError
	require.ErrorAs(t, err, &load)
	assert.Equal(t, "p", load.Plugin)
	_, err = Inspect(fstest.MapFS{}, &manifest.Manifest{Name: "p"})
	assert.ErrorAs(t, err, &load)
}

// What Inspect calls absent is absent.
func TestAbsentGlobalsAreAbsent(t *testing.T) {
	source := "export function setupPlugin({ global }) { for (const n of ['" + strings.Join(slices.Sorted(maps.Keys(absent)), "','") +
		"']) if (n in globalThis) throw new Error(n + ' is there') }"
	p, err := Load(context.Background(), fstest.MapFS{"index.js": {Data: []byte(source)}}, &manifest.Manifest{Name: "p"})
	require.NoError(t, err)
	meta, err := sdk.NewMeta(sdk.MetaConfig{Clock: func() time.Time { return time.Unix(0, 0) }})
	require.NoError(t, err)
	hooks, err := p.New(context.Background(), meta)
	require.NoError(t, err)
	meta.Begin(context.Background())
	assert.NoError(t, hooks.SetupPlugin(meta))
	assert.NoError(t, meta.End())
	require.NoError(t, hooks.Close())
}
