// Package list names the packages that an interpreted plugin may import.
package list

// Package is one of them.
type Package struct {
	Path string
	// Why says what the package is for in a plugin, or what of it is different there.
	Why string
}

// SDK is the import path of the plugin interface.
const SDK = "github.com/plugreel/plugreel/sdk"

// Packages that are compiled in. Those that consist of generic functions alone (slices, maps, cmp,
// iter) are interpreted from source and are not in this list.
var Packages = []Package{
	{SDK, "events, meta, webhooks, errors"},
	{"bufio", ""},
	{"bytes", ""},
	{"container/heap", ""},
	{"container/list", ""},
	{"container/ring", ""},
	{"context", "no timers: WithTimeout and WithDeadline are missing"},
	{"crypto/hmac", ""},
	{"crypto/md5", ""},
	{"crypto/sha1", ""},
	{"crypto/sha256", ""},
	{"crypto/sha512", ""},
	{"crypto/subtle", ""},
	{"encoding/base32", ""},
	{"encoding/base64", ""},
	{"encoding/binary", ""},
	{"encoding/csv", ""},
	{"encoding/hex", ""},
	{"encoding/json", ""},
	{"errors", ""},
	{"fmt", "Print, Printf and Println write to the plugin's log; no scanning from standard input"},
	{"hash", ""},
	{"hash/adler32", ""},
	{"hash/crc32", ""},
	{"hash/crc64", ""},
	{"hash/fnv", ""},
	{"html", ""},
	{"io", ""},
	{"math", ""},
	{"math/big", ""},
	{"math/bits", ""},
	{"math/cmplx", ""},
	{"math/rand", "functions of the package draw from a stream that the event seeds"},
	{"math/rand/v2", "the same"},
	{"net/netip", ""},
	{"net/url", ""},
	{"path", ""},
	{"regexp", ""},
	{"sort", ""},
	{"strconv", ""},
	{"strings", ""},
	{"sync", "for code shared with compiled plugins: there is one goroutine"},
	{"sync/atomic", "the same"},
	{"text/tabwriter", ""},
	{"time", "Now is the event's clock, Sleep moves it on; no timers, no local zone"},
	{"unicode", ""},
	{"unicode/utf16", ""},
	{"unicode/utf8", ""},
}
