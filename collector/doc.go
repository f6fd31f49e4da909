// Package collector brings feedback of a practice in from where people leave it: it holds what was
// said (Feedback, Answer), where it came from (Practice, Page, Source), the loop that collects from
// many sources without one of them stopping the others, and the ledger of what each run saw.
//
// It opens no database and reads no config: what keeps feedback is handed in as a Keeper. The rooms
// below it (web, survey) are one kind of Source each.
package collector
