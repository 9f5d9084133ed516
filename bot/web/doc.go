// Package web is the page that any browser opens: it asks, shows each quote and
// its place in the whole report, lists figures and commitments, gives tables
// away, answers programs as JSON, and lets admins do what they do in chat.
//
// It knows what it shows by the interfaces of source.go alone, which main
// fills; of a question it knows handlers/chat. Every page works without
// JavaScript, loads nothing from another origin and has an address that lasts:
// a follow-up's names the questions before it, a pressed button's the button.
// What a person asked stands in cookies of theirs, for ten minutes; nothing
// else is remembered of anybody.
//
// Start reading with server.go, then ask.go. Package view has the looks, guard
// the limits.
package web
