// Package modules is what plugins find around the language: the modules of Node that they require
// and the globals that Node has.
//
// The front door is [New]: the [Library] of one runtime. [Library.Require] returns a module,
// [Library.Install] defines the globals. [Provides] tells what there is without a runtime.
//
// # Vocabulary
//
//	host        what the library needs of the bridge: runtime, clock, random numbers, Buffer
//	module      what require returns
//	shim        a script of directory js, for what is natural in JavaScript
//	native      an object whose state is a Go value
//	kind        what an object is underneath, whatever its prototype says
//
// # What is provided
//
//	url               URL, URLSearchParams; parse, format, resolve and their like
//	crypto            createHash, createHmac (MD5, SHA-1, SHA-2, SHA-3), randomBytes, randomUUID, randomInt,
//	                  randomFill, getRandomValues, timingSafeEqual, pbkdf2Sync, hkdfSync, subtle.digest,
//	                  createSecretKey
//	zlib              gzip, gunzip, deflate, inflate, deflateRaw, inflateRaw, unzip: with callback and Sync; crc32
//	util, sys         inspect, format, promisify, callbackify, inherits, types, isDeepStrictEqual, …
//	util/types        the questions of util.types
//	events            EventEmitter, once
//	assert            with strict and assert/strict
//	stream            Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished; stream/promises
//	path              the rules of POSIX; path/posix
//	querystring       all of it
//	string_decoder    all of it
//	punycode          all of it
//	net               isIP, isIPv4, isIPv6
//	os                what is the same everywhere
//	process           constants, an empty env, nextTick, hrtime
//	timers            the host's; timers/promises
//	perf_hooks        performance
//	buffer            the host's Buffer, atob, btoa
//	@posthog/plugin-contrib  createBuffer
//
//	globals           URL, URLSearchParams, TextEncoder, TextDecoder, atob, btoa, structuredClone, Event, CustomEvent,
//	                  EventTarget, AbortController, AbortSignal, DOMException, crypto, performance, process, Intl,
//	                  WeakRef, FinalizationRegistry
//	language          JSON.parse, Symbol.asyncIterator, Error.captureStackTrace, isWellFormed and toWellFormed,
//	                  toLocaleString and its like, localeCompare with options, the zone that ends a date's text,
//	                  __defineGetter__ and its like
//
// # What it refuses to do
//
// Nothing here reaches the machine: fs, http, https, child_process, net.connect and the like do not
// exist, so that a plugin that requires them fails when it is loaded, not in the middle of an
// event. process.env is empty. What Node 20 has not is not there either: Object.groupBy,
// Promise.withResolvers, iterator helpers.
//
// An inflated output ends at 256 MiB, and what is nested deeper than 100 000 levels is a
// RangeError, since many plugins share a process.
//
// # Accepted differences from Node 20
//
//   - URLs follow the standard where Node's parser does not; package weburl has the list.
//   - Objects of native classes take no Symbol properties, unless they are of a subclass, and a
//     native class that is called as a plain function is not refused.
//   - randomBytes and its like draw from the host's stream: reproducible, and no source of secrets.
//   - Hash and Hmac are no streams. There are no ciphers, signatures and keys.
//   - What is deflated inflates to the same, but its bytes are not those of zlib. A broken deflate
//     stream is always an "invalid block type".
//   - Intl knows English: other languages are answered in en-US, as if Node was built without them.
//     formatRange repeats what both dates share. Array.prototype.toLocaleString ignores arguments.
//   - A WeakRef keeps its target, and no finalizer is called.
//   - util.inspect shows neither the state of promises nor the contents of iterators.
//   - The engine words its own TypeErrors.
//
// # Design notes
//
// An instance that uses nothing pays for accessors only: globals are made when they are first
// read, modules when they are first required, and scripts are compiled once for the process.
//
// A native object is a dynamic object of goja with the class's prototype. That costs less than an
// object with a hidden property, which needs a map. A subclass may have private fields, which
// dynamic objects cannot hold, so that its objects are ordinary ones with the native one behind a
// symbol.
//
// JSON.parse is replaced because the engine's goes through encoding/json: lone surrogates are lost,
// 1e400 is an error, and errors are worded by Go. The one here is also twice as fast.
//
// Formatters that toLocaleString and its like need are kept by the text of their arguments: making
// one costs a hundred times what using it does.
//
// The tests evaluate a thousand expressions, whose results in Node are checked in; where there is a
// Node 20, it is asked again.
package modules
