class Base {
  inherited() { return 1 }
  static shared() {}
}
class Derived extends Base {
  constructor() {
    super()
    this.field = 1
  }
  method() {}
  get value() { return 5 }
  static own() {}
}
class Third extends Derived {
  method() { return 'third' }
}
class Bare extends Derived {}
function Old() {}
Old.prototype.run = function () {}
function Older() {}
Older.prototype = Object.create(Old.prototype)
Older.prototype.more = function () {}
module.exports = { Base, Derived, Third, Bare, Old, Older, instance: new Derived(), bare: new Bare(), functions: [() => 1], symbol: Symbol('a'), deep: { deeper: { f: () => 3 } } }
