// Package isolate runs a worker process and talks to it.
//
// The parent's front door is [Start], which makes a [Process]; the child's is [Child], which
// finds the other end. What they say to each other is up to the caller: this package knows
// frames, a page and limits.
//
// # Vocabulary
//
//	frame    one message on a pipe: its length, a kind, a number, and a body of raw bytes
//	page     memory that both processes see: what the child is doing, and what it has done
//	call     the word of the page that says which hook the child is in
//	desk     the part of the page that holds work for the child
//	journal  the part of the page that holds finished work; it outlives the child
//	limits   what the kernel keeps the child from
//
// # What it refuses to do
//
// It runs on Linux only. It is no sandbox against machine code: it is a wall around code that an
// interpreter runs, which can ask for memory and time without end, and crash its process, but
// cannot make system calls of its own. All that a child says is checked as if it were a stranger's.
//
// # Design notes
//
// A hook call must cost no system call, and after a death the parent must know which call it was and
// what was finished before it. So both are in memory that is shared: a word that the child
// stores before a hook call, and a journal with a length that the child moves on after a
// record. The kernel keeps the memory when the child dies. Work goes to the child by the page as well, which
// saves two of four copies. Frames are left for what is rare: that there is a chunk, that it is
// done, a journal that is full, a service that the parent lends.
//
// The memory limit is RLIMIT_DATA and not RLIMIT_AS. The Go runtime reserves 1.2 GB of addresses
// before main, which it never touches, and more in steps of 64 MB: a limit of addresses says little
// about memory. RLIMIT_DATA counts, since Linux 4.7, private pages that can be written, which is
// what a heap takes, to 4 MB.
//
// There is no limit of processor time. A limit of the whole process would kill honest work on a
// large archive, and the kernel has none for a hook call. A call that takes too long is seen from
// outside: its word stands still, and the parent kills the process.
//
// A child that loses its parent reads the end of its pipe, and exits.
package isolate
