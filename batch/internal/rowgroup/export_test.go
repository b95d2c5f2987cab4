package rowgroup

// What benchmarks have in common with tests.
var (
	AllCodecs = allCodecs
	Written   = written
)
