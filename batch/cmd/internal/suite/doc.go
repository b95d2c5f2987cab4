// Package suite finds the tests that stand beside a plugin and runs them, for plugreel test.
//
// The front door is [Runner]; a [Kind] is where tests come from.
//
// # Vocabulary
//
//	target   a plugin's directory, with the plugin in it
//	kind     a way to write tests: Cases (tables), Scenarios (archives before and after), Jest (the
//	         plugin's own)
//	suite    one file of tests of a kind
//	test     one case, one scenario, one Jest test; it passes, fails or is skipped
//	coverage what ran of the plugins' own source: Coverage
//	watcher  what says that files below a directory have changed
//
// # How to add a kind
//
// A Kind lists the suites of a target; a suite runs its tests and emits a [Test] for each. Put it
// into [Runner].Kinds: selection, counting, output and watching are there already.
//
// # What it refuses to do
//
// It knows no command line, and prints only to the writers it is given. It downloads nothing and
// starts no process: tests run in plugreel's own engines. Jest tests read the directory that has their
// configuration and the packages that Node would find there, and nothing else.
package suite
