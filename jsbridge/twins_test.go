package jsbridge_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/jsbridge"
)

// asyncHooks are bodies of asynchronous hooks, with what stands before them in the module.
var asyncHooks = []struct{ name, reason, before, body string }{
	{"returns the event", "the plain case", "", "event.a = 1; return event"},
	{"returns a copy", "of which %return must find out that it is none", "", "return { ...event, a: 1 }"},
	{"returns nothing", "drops the event", "", "event.a = 1"},
	{"returns a number", "is no event", "", "return 5"},
	{"returns a promise", "which is waited for", "", "return Promise.resolve(event)"},
	{"returns a late promise", "a timer settles it", "", "return new Promise((done) => setTimeout(done, 5, event))"},
	{"returns a rejected promise", "fails", "", "return Promise.reject(new RangeError('no'))"},
	{"returns a promise of nothing", "drops the event", "", "return Promise.resolve()"},
	{"returns what never comes", "kills the instance either way", "", "return new Promise(() => {})"},
	{"returns an object with then", "it is asked for its value, after what was queued before", "", "Promise.resolve().then(() => console.log('first')).then(() => console.log('third')); return { then(f) { console.log('second'); f(event) } }"},
	{"returns an object whose then throws", "fails", "", "return { then() { throw new TypeError('then') } }"},
	{"returns an object whose then cannot be read", "fails, whatever the hook catches", "", "try { return { get then() { throw 'then' } } } catch { return event }"},
	{"returns an object with then: 5", "which is an event", "", "return { then: 5, a: 1 }"},
	{"returns a promise of an own class", "whose then is called", "class P extends Promise { then(...a) { console.log('then'); return super.then(...a) } }", "return P.resolve(event)"},
	{"returns a promise with an own then", "which is called", "", "const p = Promise.resolve(1); p.then = (f) => { console.log('own'); f(event) }; return p"},
	{"throws an error", "at its place", "", "event.a = 1\n throw new TypeError('no')"},
	{"throws a text", "which has no place, as in a promise", "", "throw 'text'"},
	{"throws nothing", "undefined is a reason too", "", "throw undefined"},
	{"throws a RetryError", "keeps its class", "", "throw new RetryError('again')"},
	{"fails in the engine", "with the words of V8", "", "return event.a.b.c"},
	{"calls itself", "by its name it is what was exported", "let n = 0", "if (n++) return 'inner'; const inner = processEvent(event, meta); event.a = [inner instanceof Promise, typeof inner.then, processEvent.constructor.name]; return event"},
	{"looks at itself", "", "", "event.a = [processEvent.name, processEvent.length, String(processEvent).slice(0, 14), typeof exports]; return event"},
	{"this", "is that of a function called without one", "", "event.a = [this === undefined || this === globalThis]; return event"},
	{"order of jobs", "all that was queued runs, in its order, before the host goes on", "", "for (const n of [1, 2]) Promise.resolve().then(() => console.log('job', n)).then(() => console.log('then', n)); queueMicrotask(() => { event.queued = true }); console.log('body'); return event"},
	{"rejection that nobody handles", "is told", "", "Promise.reject(new Error('lost')); return event"},
	{"rejection that is handled later", "is not", "", "const p = Promise.reject(new Error('found')); setTimeout(() => 0, 1); queueMicrotask(() => p.catch(() => console.log('caught'))); return event"},
	{"inner functions", "are as they were", "", "const inner = async () => { await null; console.log('inner'); return 1 }; inner().then((n) => { event.n = n }); console.log('outer'); return event"},
	{"return in finally", "the later one counts", "", "try { event.a = 1; return event } finally { console.log('finally') }"},
	{"stack overflow", "is the engine's", "const deep = () => deep()", "return deep()"},
	{"exception of a deep call", "is thrown through", "const f = (n) => { if (n === 0) throw new RangeError('deep'); return f(n - 1) }", "f(20)"},
	{"variables of the module", "are those of the original", "let count = 0", "event.count = ++count; return event"},
	{"a variable that is set late", "", "const late = () => value; let value = 5", "event.a = late(); return event"},

	{"awaits a number", "which is there", "", "event.a = await 1; return event"},
	{"awaits nothing", "and goes on", "", "console.log('a'); await null; console.log('b'); return event"},
	{"awaits a settled promise", "which is there", "const ready = Promise.resolve('x')", "event.a = await ready; event.b = await ready; return event"},
	{"awaits a promise of undefined", "", "const ready = Promise.resolve()", "event.a = [typeof await ready]; return event"},
	{"awaits a rejected promise", "it is thrown where it is awaited", "", "const p = Promise.reject(new RangeError('no')); try { await null; await p } catch (e) { event.a = e.message } return event"},
	{"fails by a rejected promise", "of which it is the reason", "", "await null\n await Promise.reject(new RangeError('no'))"},
	{"throws behind an await", "at its place", "", "await null\n throw new TypeError('no')"},
	{"throws a text behind an await", "which has no place", "", "await null; throw 'text'"},
	{"throws behind a wait", "at its place too", "", "await null; await new Promise((done) => setTimeout(done, 1))\n throw new TypeError('no')"},
	{"awaits with jobs in the queue", "which come first", "", "Promise.resolve().then(() => console.log('job')); await null; console.log('after'); await null; console.log('later'); return event"},
	{"jobs that queue jobs", "take turns with the hook", "", "await 1; Promise.resolve().then(() => console.log('a')).then(() => console.log('b')).then(() => console.log('c')); await null; console.log(1); await null; console.log(2); await null; console.log(3); return event"},
	{"an object with then", "takes a turn more", "", "await 1; Promise.resolve().then(() => console.log('a')).then(() => console.log('b')); event.a = await { then(f) { console.log('then'); f('x') } }; console.log('after'); return event"},
	{"a thenable in the queue", "its job is one that no reaction tells of", "", "Promise.resolve({ then(f) { console.log('then'); f() } }); await null; console.log('after'); return event"},
	{"a promise that took over another", "takes three turns", "", "const q = Promise.resolve(1); const p = new Promise((done) => done(q)); await 1; p.then(() => console.log('p')); Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)); return event"},
	{"reactions of an earlier call", "are jobs as soon as it is resolved", "let resolve; new Promise((done) => { resolve = done }).then(() => console.log('early'))", "resolve(); await null; console.log('after'); return event"},
	{"promise of an own class", "is one to be asked", "class P extends Promise { then(...a) { console.log('then'); return super.then(...a) } }", "await 1; const p = P.resolve(7); event.a = await p; return event"},
	{"a getter then", "is asked once", "", "let n = 0; const o = { get then() { n++ } }; await 1; await o; event.n = n; return event"},
	{"an array", "is no promise", "", "const list = [1]; event.a = (await list) === list; return event"},
	{"the event", "is no promise", "", "event.a = (await event) === event; return event"},
	{"an event with a method then", "is asked like one", "", "event.then = (f) => { delete event.then; f('x') }; event.a = await event; return event"},
	{"waits for timers", "in their order", "", "await 1; setTimeout(() => console.log('late'), 20); event.a = await new Promise((done) => setTimeout(done, 10, 'x')); event.t = Date.now(); await new Promise((done) => setTimeout(done, 30)); return event"},
	{"waits for ever", "kills the instance either way", "", "await 1; await new Promise(() => {})"},
	{"waits for helpers", "which are asynchronous themselves", "async function helper(n) { console.log('in', n); await null; console.log('out', n); return n }", "await null; const a = helper(1), b = helper(2); event.a = [await a, await b, await helper(3)]; return event"},
	{"storage", "answers at once", "", "const n = await meta.storage.get('n', 0); await meta.storage.set('n', n + 1); event.n = n; event.all = [await meta.cache.incr('k'), await meta.cache.get('none', 'x')]; return event"},
	{"storage that fails", "is a rejection", "", "try { await meta.cache.lpush('k', 5) } catch (e) { event.a = [e.name, e.message] } return event"},
	{"storage with a default", "which is a promise, or an object with then", "", "event.a = [await meta.storage.get('none', Promise.resolve(1)), await meta.storage.get('none', { then(f) { console.log('then'); f(2) } }), await meta.cache.get('none', [3])]; return event"},
	{"storage that runs the plugin", "and has it queue jobs", "", "await meta.storage.set('k', { toJSON() { Promise.resolve().then(() => console.log('job')); return 1 } }); console.log('after'); event.a = await meta.storage.get('k'); return event"},
	{"storage that throws", "into the promise", "", "try { await meta.storage.get({ toString() { throw new RangeError('key') } }) } catch (e) { event.a = e.message } await meta.storage.set('k', 1n)"},
	{"storage in another place", "is what the plugin put there", "", "await 1; const { storage, cache } = meta; const { get } = storage; event.a = [await get('none', 1)]; cache.get = (k) => ['own', k]; event.a.push(await cache.get('k')); return event"},
	{"storage with jobs in the queue", "which come first", "", "await meta.storage.set('n', 1); Promise.resolve().then(() => console.log('job')); event.a = await meta.storage.get('n'); console.log('after'); event.b = await meta.utils.cursor.increment('n'); return event"},
	{"storage as an argument", "is the promise that it gives", "", "event.a = [await Promise.resolve(meta.storage.set('n', 1)), meta.storage.get('n') instanceof Promise, await meta.storage.get('n').then((n) => n + 1)]; return event"},
	{"geoip", "gives a place that is a promise too", "", "const { geoip } = meta; const place = geoip.locate('1.2.3.4'); event.a = [(await geoip.locate('1.2.3.4')).city.names.en, await geoip.locate('::1'), typeof (await geoip.locate('1.2.3.4')).then, typeof place.then, (await place) === place]; return event"},
	{"geoip with jobs in the queue", "which come first", "", "await 1; Promise.resolve().then(() => console.log('job')); event.a = await meta.geoip.locate('1.2.3.4'); console.log('after'); return event"},
	{"geoip that fails", "throws at once", "", "await 1; try { await meta.geoip.locate({ toString() { throw new RangeError('address') } }) } catch (e) { event.a = e.message } return event"},
	{"what is missing", "with the words of V8", "", "await 1\n await meta.nope.get('k')"},
	{"no method", "with the words of V8", "", "await 1\n await meta.storage.nope('k')"},
	{"a number's method", "", "", "event.a = [await (5).toFixed(1), await 'x'.at(0)]; return event"},
	{"console", "gives a settled promise", "", "await console.log('x'); event.a = 1; return event"},
	{"places", "operands before an await keep their value", "", "let n = 1; const f = (...a) => a; event.a = [n + await (n = 5), f(n, await 1, n++, await n), `${await 'x'}${n}`, { a: await 1, [await 'b']: 2 }, [...await [1, 2]], (await null)?.x, await 0 || await 2]; return event"},
	{"awaits in each other", "inner ones first", "", "await 1; event.a = await (async (x) => x)(await Promise.resolve(await 3)); return event"},
	{"awaits in loops", "each turn", "", "let s = ''; for (const x of [1, Promise.resolve(2), 3]) s += await x; for (let i = 0; i < 3; i++) { await null; if (i == 1) continue; s += i } while (await (s.length < 9)) s += '!'; event.s = s; return event"},
	{"awaits in try", "catch and finally belong to it", "", "const log = []; for (const p of [1, Promise.reject('r')]) try { log.push(await p) } catch (e) { log.push('caught ' + e, await 2) } finally { log.push(await 'f') } event.log = log; return event"},
	{"returns out of try", "before finally", "", "await 1; try { return event } finally { event.f = await 'x' }"},
	{"returns a promise out of try", "it is not awaited there", "", "await 1; try { return Promise.reject(new Error('r')) } catch { event.caught = true } finally { console.log('finally') }"},
	{"switch and labels", "", "", "outer: for (;;) { switch (await 2) { case await 2: event.a = 1; break outer; default: event.b = 1 } } return event"},
	{"for await", "is lowered", "async function* two() { yield 1; yield 2 }", "await 0; let n = 0; for await (const x of two()) n += x; for await (const x of [3, Promise.resolve(4)]) n += x; event.n = n; return event"},
	{"var and functions", "are hoisted", "", "event.a = [typeof v, typeof f]; await 1; var v = 1; function f() { return v } event.b = f(); return event"},
	{"closures over turns", "each its own", "", "const fs = []; for (const x of [1, 2]) { const y = await x; fs.push(() => y) } event.a = fs.map((f) => f()); return event"},
	{"strict", "is the author's choice", "", "'use strict'; await 1; event.a = this === undefined; try { undeclared = 1 } catch (e) { event.e = e.name } return event"},
	{"generators beside it", "run as ever", "function* g() { const x = yield 1; yield x }", "await 1; const it = g(); event.a = [it.next().value, it.next(await 5).value, it.next().done]; return event"},
	{"classes", "whose names are computed", "", "class C { [await 'm']() { return 1 } static s = 2 } event.a = [new C().m(), C.s]; return event"},
	{"locals that take what was awaited apart", "", "", "const { a = 1, b: { c } = await { c: 2 } } = await {}; const [d] = await [3]; event.a = [a, c, d]; return event"},
	{"reads undefined of what was awaited", "with the words of V8", "", "await 1\n return (await null).x"},
}

// unlike makes a hook have no twin: nobody knows what it could name.
const unlike = "eval\n"

// TestTwins runs each hook with a twin and without.
func TestTwins(t *testing.T) {
	forms := map[string]string{
		"function":   "export async function processEvent(event, meta) { %s }",
		"arrow":      "export const processEvent = async (event, meta) => { %s }",
		"expression": "exports.processEvent = async function (event, meta) { const processEvent = exports.processEvent; %s }",
		"method":     "module.exports = { async processEvent(event, meta) { const processEvent = module.exports.processEvent; %s } }",
		"default":    "const processEvent = async (event, meta) => { %s }\nexport default { processEvent }",
		"script":     "async function processEvent(event, meta) { %s }",
	}
	refused := map[string]bool{}
	for form, text := range forms {
		for _, h := range asyncHooks {
			if strings.Contains(h.body, "use strict") && !strings.HasSuffix(form, "function") || form == "arrow" && h.name == "this" {
				continue
			}
			t.Run(form+"/"+h.name, func(t *testing.T) {
				with := h.before + "\n" + fmt.Sprintf(text, h.body)
				without := h.before + "\n" + fmt.Sprintf(text, h.body+";"+unlike)
				assert.Equal(t, outcomes(t, without), outcomes(t, with), "%s\n%s", h.reason, with)
				assert.Zero(t, jsbridge.TwinsOf(t, load(t, files("index.js", without))))
				if jsbridge.TwinsOf(t, load(t, files("index.js", with))) == 0 {
					refused[h.name] = true
				}
			})
		}
	}
	assert.Equal(t, map[string]bool{"returns a promise out of try": true}, refused, "hooks without a twin")
}

// outcomes runs two events and returns what can be seen of it.
func outcomes(t *testing.T, source string) []string {
	t.Helper()
	p, h := borrow(t, source)
	var seen []string
	for range 2 {
		out, err := p.process(`{"event":"x","properties":{"n":1}}`)
		seen = append(seen, out, fmt.Sprint(err), strings.Join(h.logs, "\n"))
		var script *jsbridge.ScriptError
		if errors.As(err, &script) {
			seen = append(seen, script.Frames[:min(len(script.Frames), 30)]...) // a twin may go one call deeper
		}
	}
	return seen
}

// BenchmarkAsync is what a hook costs by what it awaits.
func BenchmarkAsync(b *testing.B) {
	const before = "const ready = Promise.resolve('x')\nasync function helper() { await null; return 'x' }\nconst o = { helper }\n"
	for _, form := range []struct{ name, hook, value string }{
		{"sync", "function", "'x'"},
		{"async", "async function", "'x'"},
		{"settled", "async function", "await ready"},
		{"twice", "async function", "await ready + await 'y'"},
		{"storage", "async function", "await meta.storage.get('k', 'x')"},
		{"helper", "async function", "await helper()"},
		{"later", "async function", "await o.helper()"},
	} {
		for _, twins := range []bool{true, false} {
			source := before + "export " + form.hook + " processEvent(event, meta) { event.properties.n = " + form.value + "; return event"
			if !twins {
				source += ";" + unlike
			}
			b.Run(fmt.Sprintf("%s/twins=%v", form.name, twins), func(b *testing.B) {
				p, _ := borrow(b, source+"}")
				b.ReportAllocs()
				for b.Loop() {
					_, err := p.process(`{"event":"x","properties":{"n":1}}`)
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
