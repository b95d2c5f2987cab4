require('./order').order.push('a')
