package rowgroup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// duckScript runs its arguments as SQL and prints the rows of each as JSON.
const duckScript = `
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run("SET TimeZone = 'UTC'");
  const results = [];
  for (const sql of process.argv.slice(1)) results.push((await db.runAndReadAll(sql)).getRowsJson());
  console.log(JSON.stringify(results));
})().catch(e => { console.error(String(e)); process.exit(1); });`

// duck runs statements of SQL in DuckDB and returns the rows of each.
func duck(t *testing.T, sql ...string) [][][]any {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"-e", duckScript, "--"}, sql...)...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var results [][][]any
	require.NoError(t, json.Unmarshal(out, &results))
	return results
}

func needDuck(t *testing.T) {
	t.Helper()
	if err := exec.Command("node", "-e", "require('@duckdb/node-api')").Run(); err != nil {
		t.Skip("DuckDB is not there: npm install @duckdb/node-api, here or in a directory of NODE_PATH")
	}
}

func TestDuckDBReadsOurFiles(t *testing.T) {
	needDuck(t)
	var lines []byte
	for i := range 5000 {
		lines = fmt.Appendf(lines, `{"uuid":"u%d","event":"e%d ü","distinct_id":%d,"timestamp":"2024-01-31T12:00:%02d.000001Z","properties":{"n":%d},"ip":null}`+"\n", i, i%7, i, i%60, i)
	}
	var sql []string
	for _, codec := range allCodecs {
		path := filepath.Join(t.TempDir(), "a.parquet")
		require.NoError(t, os.WriteFile(path, written(t, codec, 700, lines), 0o600))
		from := fmt.Sprintf("FROM read_parquet('%s')", path)
		sql = append(sql,
			"SELECT count(*), count(person_id), count(DISTINCT uuid), sum((properties->>'n')::INT) "+from,
			"SELECT uuid, event, distinct_id, timestamp::VARCHAR, extra "+from+" LIMIT 1 OFFSET 4321",
			"SELECT count(*) "+from+" WHERE timestamp = '2024-01-31 12:00:07.000001+00'")
	}
	results := duck(t, sql...)
	for i, codec := range allCodecs {
		require.Equal(t, [][][]any{
			{{"5000", "0", "5000", "12497500"}},
			{{"u4321", "e2 ü", "4321", "2024-01-31 12:00:01.000001+00", `{"timestamp":"2024-01-31T12:00:01.000001Z","distinct_id":4321,"ip":null}`}},
			{{"84"}},
		}, results[3*i:3*i+3], codec)
	}
}

func TestDuckDBReadsNoRows(t *testing.T) {
	needDuck(t)
	path := filepath.Join(t.TempDir(), "a.parquet")
	require.NoError(t, os.WriteFile(path, written(t, Zstd, 1, nil), 0o600))
	names := duck(t, fmt.Sprintf("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('%s'))", path))[0]
	require.Len(t, names, len(columns))
	require.Equal(t, []any{"timestamp", "TIMESTAMP WITH TIME ZONE"}, names[1])
}

// duckTypes has a row of everything, one of NULLs, and rows that make it more than one row group.
const duckTypes = `CREATE TABLE t AS SELECT
	'e"ü' AS event, '{"a":12345678901234567890}'::JSON AS properties, TIMESTAMPTZ '2024-01-31 12:00:00.123456+00' AS timestamp,
	TIMESTAMP '2024-01-31 12:00:00.5' AS local, TIMESTAMP_MS '2024-01-31 12:00:00.123' AS ms, TIMESTAMP_NS '2024-01-31 12:00:00.123456789' AS ns,
	DATE '1969-12-31' AS day, TIME '12:00:00.000001' AS clock, 1.50::DECIMAL(4,2) AS small, -12345678901234567890.123::DECIMAL(38,3) AS large,
	UUID '0190a6c4-0102-0304-0506-0708090a0b0c' AS id, true AS flag, 18446744073709551615::UBIGINT AS big, -1::TINYINT AS tiny, 0.1::FLOAT AS single, 1e300::DOUBLE AS double,
	'a'::ENUM('b', 'a') AS mood, [1, NULL, 3] AS list, [['a'], [], NULL] AS nested, MAP {'k': 1, 'l': NULL} AS map, {'x': 1, 'y': {'z': [TRUE]}} AS struct, '\xFF'::BLOB AS blob
	FROM range(1)
	UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
	UNION ALL SELECT 'n' || i, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, i::UBIGINT, NULL, NULL, NULL, NULL, [i, i], NULL, NULL, NULL, NULL FROM range(10000) r(i)`

const duckFull = `{"event":"e\"ü","properties":{"a":12345678901234567890},"timestamp":"2024-01-31T12:00:00.123456+00:00",` +
	`"local":"2024-01-31T12:00:00.500000","ms":"2024-01-31T12:00:00.123","ns":"2024-01-31T12:00:00.123456789",` +
	`"day":"1969-12-31","clock":"12:00:00.000001","small":1.50,"large":-12345678901234567890.123,` +
	`"id":"0190a6c4-0102-0304-0506-0708090a0b0c","flag":true,"big":18446744073709551615,"tiny":-1,"single":0.1,"double":1e+300,` +
	`"mood":"a","list":[1,null,3],"nested":[["a"],[],null],"map":{"k":1,"l":null},"struct":{"x":1,"y":{"z":[true]}},"blob":"/w=="}` + "\n"

func TestWeReadFilesOfDuckDB(t *testing.T) {
	needDuck(t)
	dir := t.TempDir()
	sql := []string{duckTypes}
	var files []string
	for _, codec := range []string{"uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"} {
		for _, version := range []string{"V1", "V2"} {
			file := filepath.Join(dir, codec+version+".parquet")
			files = append(files, file)
			sql = append(sql, fmt.Sprintf("COPY t TO '%s' (FORMAT parquet, COMPRESSION %s, PARQUET_VERSION %s, ROW_GROUP_SIZE 4096)", file, codec, version))
		}
	}
	duck(t, sql...)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			all, err := chunks(data, Options{})
			require.NoError(t, err)
			for _, c := range all {
				require.Nil(t, c.Damage)
			}
			lines := strings.SplitAfter(string(joined(all)), "\n")
			require.Len(t, lines, 10_003)
			require.Equal(t, duckFull, lines[0])
			require.Equal(t, 22, strings.Count(lines[1], ":null"))
			for i := range 10_000 {
				require.Contains(t, lines[i+2], fmt.Sprintf(`{"event":"n%d","properties":null`, i))
				require.Contains(t, lines[i+2], fmt.Sprintf(`"big":%d,"tiny":null`, i))
				require.Contains(t, lines[i+2], fmt.Sprintf(`"list":[%d,%d],"nested":null`, i, i))
			}
		})
	}
}
