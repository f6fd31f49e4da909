// Package alert decides what a person must be told, and tells it.
//
// Due is a pure function of what is stored: it raises alerts by the rules, and makes the messages for
// every receiver within its budget of interruptions and its quiet hours. Messages wait in an outbox
// that is written in the transaction that caused them. A Sender takes them to their receivers, at least
// once, in order, and under a key that never changes; a message is marked only after the receiver took it.
//
// It opens no store, reads no config and asks no clock.
package alert
