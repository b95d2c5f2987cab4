exports.order = []
