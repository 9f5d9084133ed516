package wechat

import (
	"encoding/xml"
	"errors"
	"strings"
	"time"
)

// Kinds of message and event (developers.weixin.qq.com, 接收普通消息, 接收事件推送).
const (
	typeText  = "text"
	typeVoice = "voice"
	typeEvent = "event"

	eventSubscribe   = "subscribe"
	eventUnsubscribe = "unsubscribe"
	eventScan        = "SCAN"
	eventClick       = "CLICK"
)

// An inbound is what WeChat posts: a message or an event, or in safe mode the
// envelope of one.
type inbound struct {
	XMLName     xml.Name `xml:"xml"`
	To          string   `xml:"ToUserName"`   // the account, gh_…
	From        string   `xml:"FromUserName"` // openid
	Created     int64    `xml:"CreateTime"`
	Type        string   `xml:"MsgType"`
	ID          string   `xml:"MsgId"` // 64 bits: kept as text
	Content     string   `xml:"Content"`
	Recognition string   `xml:"Recognition"` // of a voice message; often empty
	MenuID      string   `xml:"bizmsgmenuid"`
	Event       string   `xml:"Event"`
	EventKey    string   `xml:"EventKey"`
	Encrypt     string   `xml:"Encrypt"`
}

// parse reads what was posted.
func parse(b []byte) (inbound, error) {
	var m inbound
	if err := xml.Unmarshal(b, &m); err != nil {
		return inbound{}, err
	}
	return m, nil
}

// check reports what a message lacks to be answered.
func (m inbound) check() error {
	if m.From == "" || m.To == "" || m.Type == "" || m.Type != typeEvent && m.ID == "" {
		return errors.New("wechat: message without sender, receiver, type or id")
	}
	return nil
}

// key returns the same for every try to deliver m, and for nothing else. Events
// have no MsgId.
func (m inbound) key() string {
	if m.Type != typeEvent {
		return m.From + "\x00" + m.ID
	}
	return strings.Join([]string{m.From, time.Unix(m.Created, 0).UTC().Format(time.RFC3339), m.Event, m.EventKey}, "\x00")
}

type cdata struct {
	Text string `xml:",cdata"`
}

// A passive is the reply to a message, in the body of the same HTTP exchange.
type passive struct {
	XMLName xml.Name `xml:"xml"`
	To      cdata    `xml:"ToUserName"`
	From    cdata    `xml:"FromUserName"`
	Created int64    `xml:"CreateTime"` // seconds
	Type    cdata    `xml:"MsgType"`
	Content cdata    `xml:"Content"`
}

// An envelope is a reply in safe mode.
type envelope struct {
	XMLName   xml.Name `xml:"xml"`
	Encrypt   cdata    `xml:"Encrypt"`
	Signature cdata    `xml:"MsgSignature"`
	Time      string   `xml:"TimeStamp"` // seconds
	Nonce     cdata    `xml:"Nonce"`
}

// reply returns the text as a reply to m.
func (m inbound) reply(text string, now time.Time) ([]byte, error) {
	return xml.Marshal(passive{
		To: cdata{m.From}, From: cdata{m.To}, Created: now.Unix(), Type: cdata{typeText}, Content: cdata{text},
	})
}
