// Package lint finds what is wrong with a plugin before it runs, for plugreel validate.
//
// The front door is [Check]; [FromError] is for a plugin that does not load. [Codes] lists every
// kind of problem besides those of package manifest.
//
// # Vocabulary
//
//	problem    a finding with its place, its code, a severity, and maybe a suggestion
//	severity   error: the plugin cannot be used so; warning: most likely a mistake; notice: a remark
//	code       the stable name of a kind of problem
//
// # What it refuses to do
//
// It runs nothing: what a plugin would do with events is found by replaying some. It does not guess
// what code does that it cannot follow: a plugin that reads its config by computed names gets no
// warning about keys that seem unused.
package lint
