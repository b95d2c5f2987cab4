// Run in every instance before the plugin. Its value is the object of what it defines.
({
  // RetryError as the original runtime has it: global, and the class that
  // @posthog/plugin-scaffold exports.
  RetryError: class RetryError extends Error {
    constructor(message) {
      super(message)
      this.name = 'RetryError'
    }
    get nameWithAttempts() {
      return this._attempt && this._maxAttempts
        ? `${this.name} (attempt ${this._attempt}/${this._maxAttempts})`
        : this.name
    }
    toString() {
      return this.message ? `${this.nameWithAttempts}: ${this.message}` : this.nameWithAttempts
    }
  },
})
