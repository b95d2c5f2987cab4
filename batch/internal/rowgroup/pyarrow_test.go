package rowgroup

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// python runs a script with pyarrow and returns what it prints.
func python(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	if err := exec.Command("python3", "-c", "import pyarrow.parquet").Run(); err != nil {
		t.Skip("pyarrow is not there: pip install pyarrow")
	}
	cmd := exec.CommandContext(t.Context(), "python3", append([]string{"-c", script}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	return out
}

const pyarrowReads = `
import json, sys, pyarrow.parquet as pq
rows = []
for path in sys.argv[1:]:
    f = pq.ParquetFile(path, page_checksum_verification=True)
    row = f.read().to_pylist()[1234]
    row['timestamp'] = row['timestamp'].isoformat()
    rows.append(dict(row, n=f.metadata.num_rows))
print(json.dumps(rows))`

func TestPyarrowReadsOurFiles(t *testing.T) {
	var files []string
	lines := strings.Repeat(`{"event":"ü","timestamp":"2024-01-31T12:00:00.5Z","distinct_id":"d"}`+"\n", 3_000)
	for _, codec := range allCodecs {
		file := filepath.Join(t.TempDir(), "a.parquet")
		require.NoError(t, os.WriteFile(file, written(t, codec, 700, []byte(lines)), 0o600))
		files = append(files, file)
	}
	var rows []map[string]any
	require.NoError(t, json.Unmarshal(python(t, pyarrowReads, files...), &rows))
	for i, row := range rows {
		require.Equal(t, map[string]any{
			"n": 3000.0, "event": "ü", "distinct_id": "d", "timestamp": "2024-01-31T12:00:00.500000+00:00",
			"extra": `{"timestamp":"2024-01-31T12:00:00.5Z"}`, "uuid": nil, "_inserted_at": nil, "created_at": nil,
			"properties": nil, "elements_chain": nil, "person_properties": nil, "person_id": nil,
		}, row, allCodecs[i])
	}
}

const pyarrowWrites = `
import datetime, decimal, sys, pyarrow as pa, pyarrow.parquet as pq
n = 5
t = pa.table({
    'event': pa.array(['e', None, 'ü', 'x', 'y']).dictionary_encode(),
    'properties': pa.array(['{"a":1}', None, 'bad', '[1]', '"s"'], pa.large_string()),
    'timestamp': pa.array([datetime.datetime(2024, 1, 31, 12, 0, 0, 5)] * n, pa.timestamp('us', 'UTC')),
    'local': pa.array([1, 2, 3, 4, None], pa.timestamp('ns')),
    'dec': pa.array([decimal.Decimal('-1.23')] * n, pa.decimal256(50, 2)),
    'list': pa.array([[1, None], [], None, [2], [3]]),
    'struct': pa.array([{'a': 1, 'b': [{'c': 1.5}]}] * n),
    'map': pa.array([[('k', 1)]] * n, pa.map_(pa.string(), pa.int64())),
    'time': pa.array([datetime.time(1, 2, 3, 4)] * n),
    'half': pa.array([1.5] * n, pa.float16()),
    'null': pa.nulls(n), 'bool': pa.array([True, False, None, True, True]), 'u8': pa.array([255] * n, pa.uint8()),
    'f': pa.array([float('nan'), 1, 2, 3, 4.5]), 'fixed': pa.array([b'abc'] * n, pa.binary(3)),
})
encodings = {'properties': 'DELTA_LENGTH_BYTE_ARRAY', 'u8': 'DELTA_BINARY_PACKED', 'f': 'BYTE_STREAM_SPLIT'}
for codec in ('none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4'):
    for version in ('1.0', '2.0'):
        pq.write_table(t, f'{sys.argv[1]}/{codec}-{version}.parquet', compression=codec, data_page_version=version,
                       row_group_size=2, write_page_checksum=True)
pq.write_table(t, f'{sys.argv[1]}/encodings.parquet', use_dictionary=False, column_encoding=encodings)
pq.write_table(t, f'{sys.argv[1]}/int96.parquet', use_deprecated_int96_timestamps=True)`

const (
	arrowRow1 = `{"event":"e","properties":{"a":1},"timestamp":"2024-01-31T12:00:00.000005+00:00","local":"1970-01-01T00:00:00.000000001",` +
		`"dec":-1.23,"list":[1,null],"struct":{"a":1,"b":[{"c":1.5}]},"map":{"k":1},"time":"01:02:03.000004","half":"AD4=","null":null,"bool":true,"u8":255,"f":null,"fixed":"YWJj"}` + "\n"
	arrowRow3 = `{"event":"ü","properties":"bad","timestamp":"2024-01-31T12:00:00.000005+00:00","local":"1970-01-01T00:00:00.000000003",` +
		`"dec":-1.23,"list":null,"struct":{"a":1,"b":[{"c":1.5}]},"map":{"k":1},"time":"01:02:03.000004","half":"AD4=","null":null,"bool":null,"u8":255,"f":2,"fixed":"YWJj"}` + "\n"
	arrowInt96 = `"timestamp":"2024-01-31T12:00:00.000005000+00:00","local":"1970-01-01T00:00:00.000000001+00:00"`
)

func TestWeReadFilesOfPyarrow(t *testing.T) {
	dir := t.TempDir()
	python(t, pyarrowWrites, dir)
	files, err := filepath.Glob(dir + "/*.parquet")
	require.NoError(t, err)
	require.Len(t, files, 14)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			all, err := chunks(data, Options{})
			require.NoError(t, err)
			got := string(joined(all))
			for _, c := range all {
				require.Nil(t, c.Damage)
			}
			if filepath.Base(file) == "int96.parquet" {
				require.Contains(t, got, arrowInt96)
				return
			}
			require.Contains(t, got, arrowRow1)
			require.Contains(t, got, arrowRow3)
		})
	}
}
