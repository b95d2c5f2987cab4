// labelled loops, switch fall-through, comma, do-while, nested finally
function find(grid, n) {
  outer: for (let y = 0; y < grid.length; y++) {
    for (let x = 0; ; x++) {
      if (x >= grid[y].length) continue outer
      if (grid[y][x] === n) break outer
      if (grid[y][x] === 5) return { x, y }
    }
  }
  return null
}

function order(name) {
  const out = []
  switch (name) {
    case '$pageview':
      out.push('view')
    case '$pageleave':
      out.push('page')
      break
    default:
      out.push('other')
    case 'purchase': {
      const money = true
      out.push(money)
    }
  }
  return out
}

function last() {
  for (const x of [1, 2, 3]) {
    try {
      if (x === 2) return 'try'
    } finally {
      if (x === 2) continue
    }
  }
  try { return 'a' } finally { last.ran = (last.ran || 0) + 1 }
}

export function processEvent(event) {
  let i = 0, text = ''
  do { text += i, i += 2 } while (i < 7)
  event.flow = { find: find([[1, 2], [4, 5]], 9), none: find([[1]], 1), order: order(event.event), last: last(), ran: last.ran, text, comma: (1, 2), void0: void 0 === undefined }
  block: { if (i) break block; event.flow.never = true }
  return event
}
