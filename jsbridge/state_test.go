package jsbridge_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/sdk"
)

func TestState(t *testing.T) {
	rows := []struct {
		name, reason, source string
		want                 sdk.State
		line                 int // of the first finding
	}{
		{"pure", "changes its event only", body("event.properties.a = 1; const l = []; l.push(1); return event"), sdk.StateNone, 0},
		{"setup writes global", "that is what setup is for", "export function setupPlugin({ global }) { global.x = 1; init(global) }\nfunction init(g) { g.y = 1 }\nexport function processEvent(e, { global }) { e.x = global.x; return e }", sdk.StateNone, 0},
		{"event writes global", "counts", body("meta.global.n = 1; return event"), sdk.StateMemory, 2},
		{"destructured global", "is the same", "export const processEvent = (e, { global }) => {\n global.n++\n return e }", sdk.StateMemory, 2},
		{"renamed global", "by destructuring", "export const processEvent = (e, { global: g }) => {\n g.n = 1\n return e }", sdk.StateMemory, 2},
		{"alias of global", "is followed", body("const g = meta.global\nconst list = g.list\nlist.push(1)\nreturn event"), sdk.StateMemory, 4},
		{"global passed on", "who knows", body("remember(meta.global, event)\nreturn event"), sdk.StateMemory, 2},
		{"Object.assign", "writes its first argument", body("Object.assign(meta.global.seen, event)\nreturn event"), sdk.StateMemory, 2},
		{"delete", "is a write", body("delete meta.global.x\nreturn event"), sdk.StateMemory, 2},
		{"module variable", "assigned in a hook", "let n = 0\nexport function processEvent(e) {\n n += 1\n return e }", sdk.StateMemory, 3},
		{"module variable, shadowed", "a local of the same name", "let n = 0\nexport function processEvent(e) { let n = 1; n += 1; return e }", sdk.StateNone, 0},
		{"module object", "changed by a method", "const seen = new Set()\nexport function processEvent(e) {\n seen.add(e.uuid)\n return e }", sdk.StateMemory, 3},
		{"module object, read", "changes nothing", "const names = new Set(['a'])\nexport function processEvent(e) { e.x = names.has(e.event); return e }", sdk.StateNone, 0},
		{"helper", "reached by name", "let n = 0\nfunction count() {\n n++ }\nexport function processEvent(e) { count(); return e }", sdk.StateMemory, 3},
		{"helper of setup", "not reached", "let key\nfunction read(c) { key = c.key }\nexport function setupPlugin({ config }) { read(config) }\nexport function processEvent(e) { e.key = key; return e }", sdk.StateNone, 0},
		{"renamed export", "the alias is followed", "let n = 0\nfunction p(e) {\n n++; return e }\nexport { p as processEvent }", sdk.StateMemory, 3},
		{"CommonJS alias", "the alias is followed", "let n = 0\nconst p = (e) => {\n n++; return e }\nmodule.exports = { processEvent: p }", sdk.StateMemory, 3},
		{"exports.x = name", "the alias is followed", "let n = 0\nconst p = (e) => {\n n++; return e }\nexports.processEvent = p", sdk.StateMemory, 3},
		{"bare function", "a script", "var n = 0\nfunction processEvent(e) {\n n++; return e }", sdk.StateMemory, 3},
		{"class with members", "an object that lasts", "class P { constructor() { this.n = 0 }\n processEvent(e) {\n this.n++; return e } }\nmodule.exports = new P()", sdk.StateMemory, 3},
		{"implicit global", "assigned without a declaration", body("total = 1\nreturn event"), sdk.StateMemory, 2},
		{"storage", "is a store", "export async function processEvent(e, { storage }) {\n await storage.get('x')\n return e }", sdk.StateStore, 2},
		{"meta.cache", "is a store", body("meta.cache.incr('x')\nreturn event"), sdk.StateStore, 2},
		{"storage in setup", "not per event", "export async function setupPlugin({ storage }) { await storage.get('x') }\nexport const processEvent = (e) => e", sdk.StateNone, 0},
		{"runEveryMinute", "runs between events", "export function runEveryMinute() {}\nexport const processEvent = (e) => e", sdk.StateMemory, 0},
		{"destructuring assignment", "to module variables", "let a, b\nexport function processEvent(e) {\n [a, b] = [1, 2]; return e }", sdk.StateMemory, 3},
		{"closure", "a function that remembers", "const next = (() => { let n = 0\n return () => {\n n++; return n } })()\nexport function processEvent(e) { e.n = next(); return e }", sdk.StateMemory, 3},
		{"memo", "a cache in a closure", "const memo = (f, seen = new Map()) => (x) => {\n seen.set(x, f(x))\n return seen.get(x) }\nconst twice = memo((x) => 2 * x)\nexport function processEvent(e) { e.n = twice(1); return e }", sdk.StateMemory, 2},
		{"closure inside an event", "ends with it", body("let n = 0; event.list.forEach((x) => { n += x }); event.n = n; return event"), sdk.StateNone, 0},
		{"undeclared global", "made at load, changed in a hook", "globalThis.shared = { n: 0 }\nexport function processEvent(e) {\n shared.n++\n return e }", sdk.StateMemory, 3},
		{"methods of built-ins", "are no state", body("event.a = Object.keys(event).sort(); event.b = Math.max(1, 2); event.c = JSON.parse('[]'); event.c.push(1); return event"), sdk.StateNone, 0},
		{"composeWebhook", "is an event hook", "let n = 0\nexport function composeWebhook(e) {\n n++ }", sdk.StateMemory, 3},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			info := load(t, files("index.js", row.source)).Info()
			assert.Equal(t, row.want.String(), info.State.String(), row.reason)
			var lines []int
			for _, n := range info.Notices {
				if strings.HasPrefix(n.Code, "state-") && n.Line > 0 {
					lines = append(lines, n.Line)
				}
			}
			if row.line > 0 {
				assert.Equal(t, row.line, lines[0])
			}
		})
	}
}

func TestStateInOtherModules(t *testing.T) {
	info := load(t, files(
		"index.ts", "import { count } from './lib'\nexport const processEvent = (e: any) => { e.n = count(); return e }",
		"lib.ts", "let n = 0\nexport const count = (): number => ++n\nexport const unused = () => { other = 1 }\nlet other = 0",
	)).Info()
	assert.Equal(t, sdk.StateMemory, info.State)
	assert.Equal(t, []sdk.Notice{{File: "lib.ts", Line: 2, Column: 38, Code: "state-memory", Message: "assigns the module's variable n"}}, info.Notices)
}
