// hello-world in SQL: DuckDB reads lines, patches each as JSON, and writes them.
//
//     node duckdb.mjs INPUT OUTPUT MODULE
//
// MODULE is the file of the package @duckdb/node-api. It does what the plugin does to events that have no
// hello of their own, and leaves alone what it takes for malformed: lone surrogates.
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'

import { finish, sync } from './plugins.mjs'

const [input, output, module] = process.argv.slice(2)
const { DuckDBInstance } = await import(pathToFileURL(module))
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const text = (value) => `'${value.replaceAll("'", "''")}'`
await connection.run(`SET preserve_insertion_order = true`)
await connection.run(`
    COPY (
        SELECT CASE WHEN json_valid(line) THEN json_merge_patch(line, '{"properties":{"hello":"world","bar":"baz"}}')::VARCHAR ELSE line END AS line
        FROM read_csv(${text(input)}, columns = {'line': 'VARCHAR'}, header = false, delim = '\\x01', quote = '', escape = '',
            max_line_size = 4000000, auto_detect = false)
    ) TO ${text(output)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\\x01')`)
connection.closeSync()
finish(sync(fs.openSync(output, 'r+')), 0)
