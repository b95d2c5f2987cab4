package jest

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// project makes a project of files.
func project(t *testing.T, files map[string]string) *Project {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := Open(t.TempDir(), fsys, nil)
	require.NoError(t, err)
	return p
}

// ran runs the only file of tests and returns its tests by name: "passed", or what failed.
func ran(t *testing.T, p *Project, o *Options) (map[string]string, Outcome) {
	t.Helper()
	files, err := p.Files()
	require.NoError(t, err)
	require.Len(t, files, 1)
	got := map[string]string{}
	outcome, err := p.Run(context.Background(), files[0], o, func(test Test) {
		got[test.Name()] = string(test.Status)
		if len(test.Failures) > 0 {
			got[test.Name()] = test.Failures[0].String()
		}
	})
	require.NoError(t, err)
	return got, outcome
}

func TestOrderOfStatements(t *testing.T) {
	for _, row := range []struct{ name, reason, test string }{
		{"imports stay behind statements", "one that enables mocks must run first",
			"import { log } from './log'\nlog.push('statement')\nimport './a'\ntest('x', () => expect(log).toEqual(['statement', 'a']))"},
		{"imports run as written", "setup files are imported for what they do",
			"import './b'\nimport './a'\nimport { log } from './log'\ntest('x', () => expect(log).toEqual(['b', 'a']))"},
		{"mocks come first", "what is imported must be the mock",
			"import { name } from './named'\njest.mock('./named', () => ({ name: 'mock' }))\ntest('x', () => expect(name).toBe('mock'))"},
		{"chained mocks", "each call of the chain is one",
			"import { name } from './named'\njest.unmock('./a').mock('./named', () => ({ name: 'mock' }))\ntest('x', () => expect(name).toBe('mock'))"},
		{"mocks of an imported jest", "@jest/globals is run after the mocks",
			"import { jest as j, jest } from '@jest/globals'\nimport { name } from './named'\njest.mock('./named', () => ({ name: 'mock' }))\ntest('x', () => { expect(name).toBe('mock'); expect(j).toBe(jest) })"},
		{"mocks in a block", "they move to its top, not to the module's",
			"test('x', () => { const { name } = require('./named'); jest.mock('./named', () => ({ name: 'mock' })); expect(name).toBe('mock') })"},
		{"doMock stays", "that is what it is for",
			"test('x', () => { const { name } = require('./named'); jest.doMock('./named', () => ({ name: 'mock' })); expect(name).toBe('real') })"},
		{"require stays", "it is a call like others",
			"const { log } = require('./log')\nlog.push('statement')\nrequire('./a')\ntest('x', () => expect(log).toEqual(['statement', 'a']))"},
		{"unless it says so", "directives stay in front",
			"import { strict } from './strict'\ntest('x', () => expect(strict).toBe(true))"},
		{"a module is sloppy", "plugins assign what they have not declared",
			"import './sloppy'\ntest('x', () => expect(undeclared).toBe(1))"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, outcome := ran(t, project(t, map[string]string{
				"x.test.js": row.test, "log.js": "exports.log = []", "a.js": "require('./log').log.push('a')", "b.js": "require('./log').log.push('b')",
				"named.js": "export const name = 'real'", "sloppy.js": "undeclared = 1\nexport const x = 1",
				"strict.js": "'use strict'\nexport const strict = (function () { return this === undefined })()",
			}), nil)
			assert.Empty(t, outcome.Failures, row.reason)
			assert.Equal(t, map[string]string{"x": "passed"}, got, row.reason)
		})
	}
}

func TestPlaceOfAFailure(t *testing.T) {
	got, _ := ran(t, project(t, map[string]string{"src/x.test.ts": `interface Shape {
  n: number
}
test('x', () => {
  const s: Shape = { n: 1 }
  expect(s.n).toBe(2)
})
`}), nil)
	assert.Equal(t, `expect(received).toBe(expected) // Object.is equality

Expected: 2
Received: 1

  4 | test('x', () => {
  5 |   const s: Shape = { n: 1 }
> 6 |   expect(s.n).toBe(2)
    |               ^
  7 | })
  8 |

  at src/x.test.ts:6:15`, got["x"])
}

func TestVirtualTime(t *testing.T) {
	got, _ := ran(t, project(t, map[string]string{"x.test.js": `
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
test('sleeps', async () => { const t = Date.now(); await sleep(4000); expect(Date.now() - t).toBeGreaterThanOrEqual(4000) })
test('sleeps too long', async () => { await sleep(6000) })
test('waits for nothing', async () => { await new Promise(() => {}) })
test('goes on', async () => { await sleep(1) })
`}), nil)
	assert.Equal(t, "passed", got["sleeps"])
	assert.Equal(t, "passed", got["goes on"])
	for _, name := range []string{"sleeps too long", "waits for nothing"} {
		assert.Contains(t, got[name], "Exceeded timeout of 5000 ms for a test")
		assert.Contains(t, got[name], "x.test.js:")
	}
}

func TestRecursionWithoutEnd(t *testing.T) {
	const spin = "export function spin(n) { return spin(n + 1) + 1 }"
	const place = "RangeError: Maximum call stack size exceeded\n\n> 1 | export function spin"
	for _, row := range []struct{ name, reason, test, want string }{
		{"in a test", "it fails where the recursion is", "() => { spin(1) }", place},
		{"after a promise", "no script is told of it", "async () => { await null\nspin(1) }", place},
		{"in an async function of another", "the engine is in pieces then", "async () => { await (async () => spin(1))() }", place},
		{"after a timer", "the same", "async () => { await new Promise(r => setTimeout(r, 9))\nspin(1) }", place},
		{"in a matcher", "values may be nested as deeply as they like", "() => { let deep = {}\nfor (let i = 0; i < 1000; i++) deep = { deep }\nexpect(deep).toEqual({}) }", "RangeError: Maximum call stack size exceeded"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var logged []string
			got, outcome := ran(t, project(t, map[string]string{"spin.js": spin, "x.test.js": `import { spin } from './spin'
test('first', () => { console.log('first') })
test('x', ` + row.test + `)
test('next', () => { console.log('next') })
describe('in a hook', () => {
  beforeEach(() => spin(1))
  test('again', () => {})
})
`}), &Options{Log: func(_, text string) { logged = append(logged, text) }})
			assert.Empty(t, outcome.Failures, row.reason)
			assert.True(t, strings.HasPrefix(got["x"], row.want), "%s: %s", row.reason, got["x"])
			assert.Equal(t, "passed", got["first"])
			assert.Equal(t, "passed", got["next"], "the other tests run")
			assert.True(t, strings.HasPrefix(got["in a hook again"], place), got["in a hook again"])
			assert.Equal(t, []string{"first", "next"}, logged, "what ran again is not told again")
		})
	}
	_, outcome := ran(t, project(t, map[string]string{"x.test.js": "const f = () => f() + 1\nf()\ntest('x', () => {})"}), nil)
	require.Len(t, outcome.Failures, 1)
	assert.Contains(t, outcome.Failures[0].String(), "RangeError: Maximum call stack size exceeded\n\n> 1 | const f", "no test runs: the file fails")
}

func TestAFileThatBlocksTheEngine(t *testing.T) {
	_, outcome := ran(t, project(t, map[string]string{"x.test.js": "test('x', () => { for (;;); })"}), &Options{Limit: 1e8})
	require.Len(t, outcome.Failures, 1)
	assert.Equal(t, "the tests of this file got no further in 100ms", outcome.Failures[0].Message)
}

func TestWhatTestsSee(t *testing.T) {
	var logged []string
	got, _ := ran(t, project(t, map[string]string{
		"x.test.js": `
const fs = require('fs')
test('console', () => { console.log('a %s', 'b', { c: 1 }); console.error(new Error('e').message) })
test('fetch', () => expect(fetch('http://x.y')).rejects.toThrow('tests open no connection'))
test('absent modules', () => {
  const { Agent } = require('https')
  class Mine extends Agent {}
  expect(new Mine().keepAlive).toBe(false)
  expect(() => require('https').createServer()).toThrow('https.createServer is not available')
  expect(() => require('vm').runInThisContext('1')).toThrow('vm.runInThisContext is not available')
  expect(require('http').METHODS).toContain('GET')
})
test('files are read only', () => expect(() => fs.writeFileSync(__dirname + '/x', '')).toThrow('EROFS'))
test('nothing outside', () => { expect(fs.existsSync('/etc/passwd')).toBe(false); expect(() => fs.readFileSync('../../x')).toThrow('ENOENT') })
test('relative to the root', () => expect(fs.readFileSync('data.txt', 'utf8')).toBe('data'))
test('callbacks', (done) => { fs.readFile('none', (e) => { expect(e.code).toBe('ENOENT'); done() }) })
test('utils of the scaffold', () => {
  for (const name of ['test/utils', 'test/utils.js', 'dist/test/utils', 'dist/test/utils.js']) {
    expect(require('@posthog/plugin-scaffold/' + name).createEvent().team_id).toBe(13)
  }
  expect(require('posthog-plugins/test/utils.js')).toBe(require('@posthog/plugin-scaffold/test/utils'))
})
test('responses of fetch mocks say what their status is', async () => {
  const mock = require('jest-fetch-mock')
  mock.mockResponses(['', { status: 400 }], ['', { status: 204, statusText: 'Nothing' }])
  expect([await mock('http://x.y'), await mock('http://x.y'), await mock('http://x.y')].map((r) => r.statusText)).toEqual(['Bad Request', 'Nothing', 'OK'])
})
test('utils of the scaffold by their former name', () => expect(require('posthog-plugins/test/utils.js').getMeta().config).toEqual({}))
test('types of mocks', () => { const f = jest.fn(); expect(require('ts-jest/utils').mocked(f)).toBe(f) })
test('a module called jest', () => expect(require('jest').jest.fn()).not.toHaveBeenCalled())
test('packages that run', () => expect(require('plain')).toBe('plain'))
`, "data.txt": "data", "node_modules/plain/package.json": `{"main":"lib"}`, "node_modules/plain/lib/index.js": "module.exports = 'plain'",
	}), &Options{Log: func(level, text string) { logged = append(logged, level+": "+text) }})
	for name, status := range got {
		assert.Equal(t, "passed", status, name)
	}
	assert.Equal(t, []string{"log: a b { c: 1 }", "error: e"}, logged)
}

func TestSelection(t *testing.T) {
	got, _ := ran(t, project(t, map[string]string{"x.test.js": "describe('a', () => { test('b', () => {}); test('c', () => {}) })"}),
		&Options{Selects: func(name string) bool { return strings.HasSuffix(name, "c") }})
	assert.Equal(t, map[string]string{"a b": "skipped", "a c": "passed"}, got)
}

func TestGlobs(t *testing.T) {
	for _, row := range []struct {
		glob, path string
		want       bool
		reason     string
	}{
		{defaultMatch[0], "/p/__tests__/a/b.js", true, "all below __tests__"},
		{defaultMatch[0], "/p/__tests__/data.json", false, "only scripts"},
		{defaultMatch[1], "/p/x.test.tsx", true, "by its name"},
		{defaultMatch[1], "/p/test.js", true, "the name may be nothing else"},
		{defaultMatch[1], "/p/contest.js", false, "a dot is asked for"},
		{defaultMatch[1], "/p/a.spec.mjs", false, "not one of the extensions"},
		{"**/*.{check,test}.js", "/p/a.check.js", true, "alternatives"},
		{"/p/src/**/*.js", "/p/src/a.js", true, "** is no directory too"},
		{"/p/src/*.js", "/p/src/a/b.js", false, "* stops at a directory"},
		{"**/@(a|b).js", "/p/b.js", true, "exactly one"},
	} {
		pattern, err := globPattern(row.glob)
		require.NoError(t, err)
		assert.Equal(t, row.want, pattern.MatchString(row.path), "%s %s: %s", row.glob, row.path, row.reason)
	}
}

func TestInlineSnapshotsAreWritten(t *testing.T) {
	for _, row := range []struct{ name, source, text, want string }{
		{"none yet", "  expect(1).toMatchInlineSnapshot()\n", "1", "  expect(1).toMatchInlineSnapshot(`1`)\n"},
		{"another", "  expect(1).toMatchInlineSnapshot(`2`)\n", "1", "  expect(1).toMatchInlineSnapshot(`1`)\n"},
		{"several lines", "  expect(x).toMatchInlineSnapshot()\n", "\n{\n  \"a\": 1,\n}\n", "  expect(x).toMatchInlineSnapshot(`\n    {\n      \"a\": 1,\n    }\n  `)\n"},
		{"behind properties", "expect(x).toMatchInlineSnapshot({ a: expect.any(Number) })\n", "1", "expect(x).toMatchInlineSnapshot({ a: expect.any(Number) }, `1`)\n"},
		{"a comment", "expect(x).toMatchInlineSnapshot(/* new :) */)\n", "1", "expect(x).toMatchInlineSnapshot(/* new :) */`1`)\n"},
		{"a comment behind properties", "expect(x).toMatchInlineSnapshot({}, // (later)\n)\n", "1", "expect(x).toMatchInlineSnapshot({}, `1` // (later)\n)\n"},
		{"escapes", "expect(x).toMatchInlineSnapshot()\n", "`${a}\\", "expect(x).toMatchInlineSnapshot(`\\`\\${a}\\\\`)\n"},
	} {
		column := strings.Index(row.source, "toMatch") + 1
		got := withInline(row.source, []inlineSnapshot{{line: 1, column: column, method: "toMatchInlineSnapshot", text: row.text}})
		assert.Equal(t, row.want, got, row.name)
	}
}

// Behind a promise the call is no longer on the stack when the value is there.
func TestInlineSnapshotsBehindPromises(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.test.js")
	require.NoError(t, os.WriteFile(name, []byte(`test('x', async () => {
  await expect(Promise.resolve(1)).resolves.toMatchInlineSnapshot()
  await expect(Promise.reject(new Error('no'))).rejects.toThrowErrorMatchingInlineSnapshot()
})
`), 0o666))
	p, err := Open(dir, os.DirFS(dir), nil)
	require.NoError(t, err)
	got, outcome := ran(t, p, nil)
	assert.Equal(t, map[string]string{"x": "passed"}, got)
	assert.Equal(t, Snapshots{Added: 2}, outcome.Snapshots)
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Contains(t, string(text), "resolves.toMatchInlineSnapshot(`1`)\n")
	assert.Contains(t, string(text), "rejects.toThrowErrorMatchingInlineSnapshot(`\"no\"`)\n")
}

func TestConfigurationsThatCannotBeUsed(t *testing.T) {
	for _, row := range []struct{ name, file, text, want string }{
		{"pattern", "package.json", `{"jest":{"moduleNameMapper":{"(":"x"}}}`, "moduleNameMapper: error parsing regexp"},
		{"type", "package.json", `{"jest":{"roots":5}}`, "package.json: jest configuration: json: cannot unmarshal"},
		{"script that throws", "jest.config.js", "throw new Error('no')", "jest.config.js:1:7: no"},
		{"syntax", "jest.config.js", "module.exports = {", "jest.config.js:1:"},
	} {
		_, err := Open(t.TempDir(), fstest.MapFS{row.file: {Data: []byte(row.text)}}, nil)
		require.Error(t, err, row.name)
		assert.Contains(t, err.Error(), row.want, row.name)
	}
}

func TestConfigurations(t *testing.T) {
	const oldFormat = "test('x', () => expect({ a: ['\"'] }).toMatchInlineSnapshot(`\nObject {\n  \"a\": Array [\n    \"\\\\\"\",\n  ],\n}\n`))"
	const newFormat = "test('x', () => expect({ a: [1] }).toMatchInlineSnapshot(`\n{\n  \"a\": [\n    1,\n  ],\n}\n`))"
	const mapped = "test('x', () => expect(require('@/lib/one')).toBe(1))"
	for _, row := range []struct {
		name, reason, test string
		files              map[string]string
	}{
		{"patterns that look around", "they are JavaScript's", "test('x', () => expect(require('~/lib/one')).toBe(1))",
			map[string]string{"package.json": `{"jest":{"moduleNameMapper":{"^~/(?!types)(.*)$":"<rootDir>/src/$1"},"testPathIgnorePatterns":["(?<=src/).*test"]}}`, "src/x.test.js": "throw 1"}},
		{"paths of a tsconfig", "ts-jest has a helper for them", mapped,
			map[string]string{"jest.config.js": "const { pathsToModuleNameMapper } = require('ts-jest')\nmodule.exports = { preset: 'ts-jest', moduleNameMapper: pathsToModuleNameMapper(require('./tsconfig.json').compilerOptions.paths, { prefix: '<rootDir>' }) }",
				"tsconfig.json": `{"compilerOptions":{"paths":{"@/*":["./src/*"],"one.js":["a","b"]}}}`}},
		{"defaults of Jest", "configurations extend them", mapped,
			map[string]string{"jest.config.ts": "import type { Config } from '@jest/types'\nimport { defaults } from 'jest-config'\nconst config: Config.InitialOptions = { testMatch: [...defaults.testMatch!], moduleNameMapper: { '^@': '<rootDir>/src/lib/one.js' } }\nexport default config"}},
		{"snapshots before Jest 29", "their default format was another", oldFormat,
			map[string]string{"package.json": `{"devDependencies":{"jest":"^27.0.4"}}`}},
		{"snapshots of what is installed", "it counts more than what was asked for", newFormat,
			map[string]string{"package.json": `{"devDependencies":{"jest":"^27.0.4"}}`, "node_modules/jest/package.json": `{"name":"jest","version":"29.7.0"}`}},
		{"snapshots of a Jest that is unknown", "the newest are the default", newFormat,
			map[string]string{"package.json": `{"devDependencies":{"jest":"latest"}}`}},
		{"snapshots as configured", "the version is the default alone", newFormat,
			map[string]string{"package.json": `{"devDependencies":{"jest":"26"},"jest":{"snapshotFormat":{"printBasicPrototype":false}}}`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			files := map[string]string{"x.test.js": row.test, "src/lib/one.js": "module.exports = 1"}
			maps.Copy(files, row.files)
			got, outcome := ran(t, project(t, files), nil)
			assert.Empty(t, outcome.Failures, row.reason)
			assert.Equal(t, map[string]string{"x": "passed"}, got, row.reason)
		})
	}
}

func TestConfigurationMayBeAFunction(t *testing.T) {
	p := project(t, map[string]string{
		"jest.config.ts": "export default async () => ({ testMatch: ['**/*.check.js'] })", "a.check.js": "test('x', () => {})", "b.test.js": "",
	})
	files, err := p.Files()
	require.NoError(t, err)
	assert.Equal(t, []string{"a.check.js"}, files)
}

func BenchmarkFiftyTests(b *testing.B) {
	var text strings.Builder
	for i := range 50 {
		text.WriteString("test('case " + strings.Repeat("x", i) + "', async () => { const f = jest.fn(() => 1); f({ a: 1 }); expect(f).toHaveBeenCalledWith({ a: 1 }); expect({ a: [1, { b: 2 }] }).toEqual({ a: [1, { b: 2 }] }) })\n")
	}
	fsys := fstest.MapFS{"x.test.js": {Data: []byte(text.String())}}
	for b.Loop() {
		p, err := Open(b.TempDir(), fsys, nil)
		require.NoError(b, err)
		passed := 0
		_, err = p.Run(context.Background(), "x.test.js", nil, func(t Test) {
			if t.Status == Passed {
				passed++
			}
		})
		require.NoError(b, err)
		require.Equal(b, 50, passed)
	}
}
