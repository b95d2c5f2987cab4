// Package jest runs a plugin's own Jest tests, unchanged and without Node.
//
// The front door is [Open], which reads a directory's configuration; [Project.Files] lists its files
// of tests and [Project.Run] runs one.
//
// # Vocabulary
//
//	project    a directory with tests, and what its configuration says
//	file       a file of tests; each runs in a realm of its own: global object, modules, mocks
//	test       what a call of test or it defines, with the titles of the blocks around it
//	failure    one reason why a test failed, with its place in the author's source
//	outcome    what became of a file besides its tests
//	core       the object that the scripts in directory js share
//	native     a Go function that the scripts call
//
// # What there is
//
// The reference is Jest 29 with Babel: the globals and @jest/globals, all matchers of expect and its
// asymmetric ones, expect.extend, mock functions, spies, module mocks with factories, automatic
// ones and __mocks__, registries, modern fake timers, hooks, each, only, skip, todo, failing,
// concurrent, done callbacks, timeouts, snapshots in files and inline. Of the configuration, in
// package.json or jest.config.*: roots, testMatch, testRegex, testPathIgnorePatterns, setupFiles,
// setupFilesAfterEnv, moduleNameMapper, moduleDirectories, modulePaths, globals, automock,
// unmockedModulePathPatterns, clearMocks, resetMocks, restoreMocks, resetModules, testTimeout,
// fakeTimers, snapshotFormat, whose default is that of the Jest that is installed or asked for. Transforms and
// presets are ignored: TypeScript and JSX are known.
//
// Modules are those that plugins have, packages of node_modules that are plain JavaScript, fs and its
// promises read-only inside the root, and @posthog/plugin-scaffold/test/utils as fact sheet section 7
// has it. Modules of Node that plugreel has not can be required, mocked and taken apart; using them
// fails. Requests of http and https fail to connect, unless a package that mocks them answers, as nock and
// msw do; they answer node-fetch too. Where they are not installed there are simple forms of jest-fetch-mock, cross-fetch and
// of polyfills that nothing needs; of ts-jest and jest-config, which need Node, there are the helpers.
//
// # What it refuses to do
//
// It starts no process, opens no connection and reads nothing outside the root. It writes snapshots
// and nothing else. There is no DOM, and no custom environment, runner, resolver or reporter.
//
// # Accepted differences from Jest
//
//   - Nobody waits. Real timers run on virtual time: when all promises have settled, the clock jumps to
//     the timer that is due next. A test that sleeps two seconds ends at once and sees that they have
//     passed; one that waits for nothing exceeds its timeout at once, since its timeout is a timer like
//     others. Code that runs takes no virtual time, so that a slow test never exceeds its timeout and
//     what happens does not depend on the machine. A file that blocks the engine ends after
//     [Options].Limit.
//   - Imports are run as they are written, also behind other statements, as TypeScript's own compiler
//     has it; Babel moves all of them to the top. Only jest.mock and its like move, to the top of the
//     block they are in.
//   - No "use strict" is added: what runs in a plugin's sloppy module runs in its tests.
//   - Errors of the engine have V8's words where a matcher or a catch clause that names them gets them,
//     as far as the source tells, see package jsbridge. Whether something was undefined or null the engine
//     does not say: it was what the test expects, or undefined.
//   - A recursion without end ends after 1,000 frames and cannot be caught, as in a replay: the test fails, also one
//     that expects a RangeError. The file is run again without it, so that the other tests have an engine.
//   - A file of tests that cannot be run, and a failed afterAll hook, are failures of the [Outcome].
//   - Concurrent tests all start at once: there is no limit of five.
//
// # Design notes
//
// What is natural in JavaScript is JavaScript: equality, formatting, matchers, mocks. The scripts are
// compiled once in a process and run in each realm in a millisecond. They take what they use from
// the global object before a test can replace it.
//
// Jest's behaviour is what testdata shows: its suites were run by real Jest, whose verdicts, messages
// and snapshots are checked in. Where the variable PLUGREEL_JEST names a directory with Jest and Babel
// installed, it is asked again.
//
// Exports are accessors that may be redefined, so that spies on a module's namespace work as they do with
// Babel, and an import that is called sees them.
package jest
