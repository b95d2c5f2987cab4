// Package interp runs Go plugins from source: they are type-checked, translated into a small part
// of Go, and run by the yaegi interpreter. No Go toolchain is needed.
//
// The front door is [Load], which makes a [sdk.Program] of a directory; [PanicError] is what a
// hook's panic looks like. Other failures of a hook are the errors that it returned. [Describe] is
// for those who generate code that compiles plugins into a program, and [DescribeWith] for plugins
// that only a compiler can run, because of an import ([ErrImport]).
//
// # Hooks
//
// The package in the plugin's root has one of two forms. One is a constructor, which returns the
// hooks of one instance, so that what they share is the instance's own, in a struct or in
// variables of the constructor:
//
//	func Hooks() sdk.Hooks {
//		p := &plugin{}
//		return sdk.Hooks{SetupPlugin: p.setup, ProcessEvent: p.processEvent}
//	}
//
// Compiled into a program that is sdk.Native(sdk.Info{Name: "mine"}, mine.Hooks), whatever the
// number of its instances. The other form is short where there is nothing to share: a hook is a
// function of the package, found by its name.
//
//	func SetupPlugin(*sdk.PluginMeta) error
//	func ProcessEvent(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.PluginEvent, error)
//	func OnEvent(*sdk.PluginEvent, *sdk.PluginMeta) error
//	func ComposeWebhook(*sdk.PluginEvent, *sdk.PluginMeta) (*sdk.Webhook, error)
//	func RunEveryMinute(*sdk.PluginMeta) error    also RunEveryHour, RunEveryDay
//	var Jobs map[string]func(sdk.Value, *sdk.PluginMeta) error
//	func TeardownPlugin(*sdk.PluginMeta) error
//
// One of these names with another type is an error, and so are both forms in one package.
// Package variables that functions change belong to one instance when interpreted, to all
// instances when compiled.
//
// # Vocabulary
//
//	preflight   what is done before anything runs: parse, check, lower
//	lower       translate into the part of Go that the interpreter gets right
//	unit        a program that was checked and lowered; shared by all instances
//	machine     one interpreter with a unit in it
//	constructor func Hooks of a plugin's package
//	instance    a machine with the meta of a plugin; one goroutine at a time
//	compiled    said of packages and types that are linked into the host
//	box         how a value of a plugin's own type stands in an interface
//	probe       a small program that must behave as if it were compiled
//
// # Packages
//
// A plugin imports its own packages (below the module that go.mod names, in vendor, or by their
// path from the root) and these; a host adds others with [WithPackages].
//
//	github.com/plugreel/plugreel/sdk
//	bufio bytes cmp container/{heap,list,ring} context crypto/{hmac,md5,sha1,sha256,sha512,subtle}
//	encoding/{base32,base64,binary,csv,hex,json} errors fmt hash hash/{adler32,crc32,crc64,fnv}
//	html io iter maps math math/{big,bits,cmplx,rand} math/rand/v2 net/netip net/url path regexp
//	slices sort strconv strings sync sync/atomic text/tabwriter time unicode unicode/{utf8,utf16}
//
// They compute and do nothing else. The others are shut:
//
//	os, io/fs, embed, log     a plugin has no files, environment or streams: meta.Config,
//	                          meta.Attachments and meta.Logger are what it has
//	net, net/http             a plugin opens no connections
//	unsafe, syscall, plugin   they leave the interpreter
//	reflect, text/template    they would see how the interpreter stores values
//	runtime, testing, go/…    of no use to a plugin
//
// Some functions differ, so that a replay gives the same result every time: time.Now is the
// event's clock, time.Sleep moves it on without waiting, time.Local is UTC, the package functions
// of math/rand draw from the stream of meta.Random, ranging over a map goes in the order of
// its keys. fmt.Print, Printf and Println, print and println write to the plugin's log. sync's
// locks are for one goroutine: what would wait panics.
//
// What is the same in all forms is meta: meta.Now, meta.Random, meta.Logger. The loader notes the
// first place of each kind where a plugin would mean something else compiled in ([NoticeDiffers]).
//
// # What is rewritten
//
// The preflight reports what a Go compiler would (types, unused variables and imports, missing
// returns) with file, line and column. Then all of the language, Go 1.26, is lowered, so that a
// plugin means the same interpreted and compiled. Line numbers stay the author's:
//
//	range over integers, functions, maps     plain loops and calls
//	variables of each iteration              copies, where something outlives the iteration
//	defer, recover                           the host keeps the calls and the panic
//	generics                                 one function for each set of type arguments
//	slices, maps, cmp, iter                  interpreted from source
//	methods, embedding                       functions and explicit paths
//	interfaces, type switches, assertions    boxes that know their type
//	errors.As, Is, fmt, encoding/json, sort  versions that know boxes
//	constants                                their values
//	min, max, clear, new(x), switch, select  statements that the interpreter gets right
//	type t map[string]t                      a reflect type that refers to itself
//
// # What is refused
//
//	instead of                          write
//	go statements                       a call; there is one goroutine
//	time.After, NewTimer, AfterFunc     time.Sleep, or a comparison with time.Now
//	context.WithTimeout                 meta.Context(), which ends with the call's time
//	cgo, go:linkname, go:embed          meta.Attachments for files
//	type t *t, type t chan t            a struct with one field
//	goto in a loop over a function      break and continue
//	defer of len, copy and the like     a function literal around it
//	iter.Pull                           a loop
//	rand.Read, rand.Seed, rand.N        a generator made by rand.New; rand.Int64N
//
// # Limits
//
// A call more than 1,000 calls deep fails: a plugin cannot recover from it. A call that is stopped
// ends at its next step, in loops, channel operations and callbacks; the instance is dead from
// then on. What the interpreter cannot stop is a compiled function that takes long, and nothing
// limits memory. So this engine is for plugins that the user trusts as he trusts the host; others
// belong into a process of their own.
//
// # Accepted differences from compiled Go
//
//   - A recover called by a function that a deferred function calls recovers too.
//   - Errors of encoding/json have no offsets where they are about the plugin's own types, and a
//     string field with the option string is escaped for HTML even after SetEscapeHTML(false).
//   - Where the language leaves open whether a variable is read before or after a call in the same
//     expression changes it, it is read after, as compiled programs do, but for a few such as
//     comparisons as arguments for an interface.
//   - Texts of index errors are exact only in plugins that call recover; elsewhere they lack the
//     index and the length.
//   - A NaN key of a map is never visited by range.
//   - Files are chosen as on linux/amd64 on every machine.
//
// # Design notes
//
// yaegi runs most of Go, but one program of four that we tried gave another result than the
// compiled one, often without a word: types are structural inside it, so that an interface does
// not know what it holds, and its code generator takes short cuts that go wrong when constructs
// meet. Mending it construct by construct has no end. Since the type checker knows everything
// about a program, we translate the program instead into statements of one operation, on types that
// the host made with reflect, calling functions only: there is little that can go wrong. The
// probes in testdata/probes show it, and an upgrade of yaegi would.
//
// The type checker needs the types of compiled packages. They are made from the symbol tables by
// reflection; a user needs no toolchain and no export data, and a table that a host adds is enough
// to check plugins against it.
//
// A program whose initialisation has ended waits in a call to the host. Functions that the host
// calls run beside it on the host's goroutine; cancelling the evaluation, which is still going on,
// stops them. So the public interface of yaegi is enough to stop channel operations too. The
// price is two goroutines that sleep for each instance.
//
// Whether a plugin remembers events decides on how many workers it runs, so state is looked for
// by what a statement writes: package variables by name, and with a constructor what its closures
// capture and its method values hold, by type. A value that was made in the call itself is the
// call's. What only runs before the first event may write what it likes.
//
// The line that runs is noted in a variable before each statement that can panic. That costs a
// few percent; the interpreter itself knows only where a function began.
//
// Coverage ([WithCoverage]) is counted by statements that the lowering adds, in a slice of the
// instance that is handed on after each call: see package cover. Without it nothing is added.
package interp
