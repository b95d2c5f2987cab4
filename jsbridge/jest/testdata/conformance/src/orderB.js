require('./order').order.push('b')
