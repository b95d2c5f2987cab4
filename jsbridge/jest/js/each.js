// Tables of tests: each, with rows as arrays or as a tagged template.
(function (core) {
  const { format } = core
  const pretty = (v) => format(v, { maxDepth: 1, min: true })

  function titleOfArray(title, row, index) {
    const escaped = '%%'
    const mark = '\u0000percent\u0000'
    let text = title.replace(/%#/g, String(index)).replace(/\\\$/g, '$')
    for (const v of row) {
      const placeholder = /%[sdifjoOp]/.exec(text.split(escaped).join('\u0000\u0000'))
      if (!placeholder) break
      const shown = typeof v === 'string' ? v.split('%').join(mark) : v
      text = placeholder[0] === '%p' ? text.replace('%p', () => pretty(shown)) : core.formatText(text, shown)
    }
    return text.split(mark).join('%')
  }

  // titleOfObject puts the values of $name, $name.path and $# into a title.
  function titleOfObject(title, row, index) {
    const path = /\$(#|[\w]+(?:\.[\w]+)*)/g
    return title.replace(/\\\$/g, '\u0000').replace(path, (whole, name) => {
      if (name === '#') return String(index)
      const keys = name.split('.')
      if (!core.own(row, keys[0])) return whole
      let v = row
      for (const key of keys) {
        if (v === null || v === undefined || !core.own(Object(v), key)) { v = undefined; break }
        v = v[key]
      }
      return core.isPrimitive(v) ? String(v) : pretty(v)
    }).split('\u0000').join('$')
  }

  function rowsOf(table, values) {
    if (Array.isArray(table) && table.raw === undefined) {
      if (table.length === 0) throw new Error('Error: `.each` called with an empty Array of table data.\n')
      if (table.every((row) => !Array.isArray(row) && core.isObject(row))) {
        return table.map((row, i) => ({ args: [row], title: (t) => (/\$[\w#]/.test(t) ? titleOfObject(t, row, i) : titleOfArray(t, [row], i)) }))
      }
      const rows = table.every(Array.isArray) ? table : table.map((v) => [v])
      return rows.map((row, i) => ({ args: row, title: (t) => titleOfArray(t, row, i) }))
    }
    if (table && table.raw !== undefined) return templateRows(table, values)
    throw new Error('`.each` must be called with an Array or Tagged Template Literal.\n\nInstead was called with: ' + format(table, { maxDepth: 1, min: true }) + '\n')
  }

  function templateRows(strings, values) {
    const headings = strings[0].trim().replace(/\/\*.*?\*\//g, '').replace(/\/\/.*/g, '').split('|').map((s) => s.trim()).filter((s) => s !== '')
    if (headings.length === 0 || values.length === 0) throw new Error('Error: `.each` called with a Tagged Template Literal with no data, remember to interpolate with ${expression} syntax.\n')
    if (values.length % headings.length !== 0) {
      throw new Error(`Not enough arguments supplied for given headings:\n${headings.join(' | ')}\n\nReceived:\n${format(values)}\n\nMissing ${headings.length - (values.length % headings.length)} ${core.plural('argument', 1).slice(4)}`)
    }
    const rows = []
    for (let i = 0; i < values.length; i += headings.length) {
      const row = {}
      headings.forEach((name, j) => { row[name] = values[i + j] })
      const index = rows.length
      rows.push({ args: [row], title: (t) => titleOfObject(t, row, index) })
    }
    return rows
  }

  // each makes test.each of test; with done says that the function may take a callback after its row.
  core.each = (define, withDone) => (table, ...values) => (title, f, timeout) => {
    let rows
    try {
      rows = rowsOf(table, values)
    } catch (e) {
      return define(title, () => { throw e })
    }
    for (const row of rows) {
      const takesDone = withDone && row.args.length < f.length
      define(row.title(core.titleOf(title)), takesDone ? (done) => f(...row.args, done) : () => f(...row.args), timeout)
    }
  }
})
