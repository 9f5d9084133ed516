package check

import (
	"context"
	"fmt"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/serve"
	"jinwen/bot/wechat"
	"jinwen/bot/wecom"
)

// channelTime is how long check waits for a channel's service.
const channelTime = 15 * time.Second

// checkChannels tests the channels beside Telegram that are set up.
func checkChannels(ctx context.Context, a *base.App) []finding {
	ctx, cancel := context.WithTimeout(ctx, channelTime)
	defer cancel()
	var list []finding
	if a.Cfg.WeChat.Set() {
		list = append(list, checkWeChat(ctx, a))
	}
	if a.Cfg.WeCom.Set() {
		list = append(list, checkWeCom(ctx, a))
	}
	return list
}

func checkWeChat(ctx context.Context, a *base.App) finding {
	f := finding{name: "wechat"}
	w := &a.Cfg.WeChat
	opt := serve.WeChatOptions(a)
	if _, err := wechat.New(nil, opt); err != nil {
		f.what, f.mend = base.OneLine(err), "copy token, encoding_aes_key and app_id anew from the console (消息与事件推送)"
		return f
	}
	mode := "safe mode"
	switch {
	case !w.AESKey.Set():
		mode = "plain mode"
	case w.Plain:
		mode = "compatible mode"
	}
	at := w.Listen
	if at == "" {
		at = a.Cfg.Web.Listen
	}
	f.what = fmt.Sprintf("%s, WeChat is awaited at %s%s", mode, at, w.Path)
	switch {
	case w.AppSecret.Set():
		if err := wechat.CheckAPI(ctx, opt); err != nil {
			f.what, f.mend = base.OneLine(err), "check app_id and app_secret, and the IP allow list of the account; or leave app_secret empty to do without messages out of turn"
			return f
		}
		f.what += ", the API takes app_secret"
	case mode == "plain mode":
		f.warn, f.mend = true, "what people write passes unencrypted between WeChat and the bot: choose 安全模式 in the console and set encoding_aes_key"
	}
	return f
}

func checkWeCom(ctx context.Context, a *base.App) finding {
	f := finding{name: "wecom"}
	opt := serve.WeComOptions(a)
	if _, err := wecom.New(nil, opt); err != nil {
		f.what, f.mend = base.OneLine(err), "copy bot_id and secret anew from the admin console"
		return f
	}
	if err := wecom.Reach(ctx, opt.URL, nil); err != nil {
		f.what, f.mend = base.OneLine(err), "check the network and wecom.url: the bot connects outwards over https (443)"
		return f
	}
	f.what = "the service is reached; id and secret are tried by the bot itself, since a second connection would end the first"
	if a.Cfg.WeCom.Name == "" {
		f.warn, f.mend = true, "set wecom.name to the bot's display name, so that its mention is taken out of what people ask in groups"
	}
	return f
}
