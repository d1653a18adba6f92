/** Words about the tablet itself: its app, its room, its name. */

export const tablet = /** @satisfies {import("../words.js").Words} */ ({
  skip: ["跳到正文", "Skip to the content"],
  demonstration: [
    "演示：本页所有内容均非真实数据",
    "Demonstration: nothing on these pages is real",
  ],

  "tablet.title": ["本机", "This tablet"],
  "tablet.app": ["应用", "The app"],
  "tablet.version": ["版本", "Version"],
  "tablet.offline": ["没有网络时", "With no network"],
  "tablet.kept.kept": ["可以打开，可以检查", "opens and works"],
  "tablet.kept.getting": ["正在准备…", "being made ready…"],
  "tablet.kept.failed": ["还不能打开", "does not open yet"],
  "tablet.kept.absent": ["这个浏览器打不开", "this browser can't open it"],
  "tablet.absent.do": [
    "请用 https 地址，在 Chrome、Edge 或 Safari 的普通窗口（不是无痕窗口）里打开。",
    "Open it by its https address in Chrome, Edge or Safari, and not in private browsing.",
  ],
  "tablet.failed": ["没有网络时还打不开", "With no network this page does not open yet"],
  "tablet.failed.newer": [
    "新版本没能取全，现在的版本照常使用",
    "A newer version did not come whole. The present one goes on as before",
  ],
  "tablet.why.missing": ["服务器上缺少文件 {file}", "The server has no file {file}"],
  "tablet.why.redirected": [
    "取应用文件时被要求登录。请重新登录后再试。",
    "A sign-in was asked for while the app was fetched. Sign in and try again.",
  ],
  "tablet.why.other": [
    "取到的 {file} 与清单不符，可能是网络把别的页面送了过来，或服务器正在更新。",
    "What came as {file} is not what the list says: some network sent a page of its own, or the server is being renewed.",
  ],
  "tablet.why.unreachable": [
    "文件没有取全。网络好一些时再试。",
    "Not all files came. Try again where the network is better.",
  ],
  "tablet.why.full": [
    "本机存储空间不够，放不下应用文件。",
    "There is no room on this tablet for the app's files.",
  ],
  "tablet.may_not": [
    "现在登录的账号没有现场检查权限",
    "Whoever is signed in now may not record inspections",
  ],
  "tablet.newer": ["新版本已经准备好", "A newer version is ready"],
  "tablet.newer.text": [
    "已填写和待发送的内容都会保留。",
    "What is filled in and what waits to be sent stays.",
  ],
  "tablet.newer.act": ["现在更新", "Use it now"],
  "tablet.newer.held": [
    "有一张检查表或相机正开着，先完成或退出，再更新。",
    "A checklist or the camera is open, here or in another tab. Finish or leave it first.",
  ],
  "tablet.look": ["检查新版本", "Look for a newer version"],
  "tablet.install": ["安装到本机", "Install on this tablet"],
  "tablet.install.why": [
    "像普通应用一样从桌面打开，数据也更不容易被浏览器清理。",
    "It opens from the home screen, and the browser is less ready to clear its data.",
  ],
  "tablet.installed": ["已安装到本机", "Installed on this tablet"],
  "tablet.safari": [
    "Safari 七天不用就会清空数据",
    "Safari clears this page's data after seven days without use",
  ],
  "tablet.safari.do": [
    "点“分享”按钮，再点“添加到主屏幕”，以后从桌面打开，数据就不会被清空。没有发送的记录请先发送。",
    "Tap Share, then “Add to Home Screen”, and open it from there: then nothing is cleared. Send what waits first.",
  ],

  "tablet.room": ["存储空间", "Room"],
  "tablet.room.used": [
    "已用 {used}，浏览器还允许用 {left}",
    "{used} used; the browser allows {left} more",
  ],
  "tablet.room.unknown": ["浏览器没有告知", "The browser does not tell"],
  "tablet.room.short": ["存储空间快满了", "Little room is left"],
  "tablet.room.short.do": [
    "还允许用 {left}。请在网络好的地方把待发送的记录发完；仍不够时，删除本机上不用的照片或应用。",
    "{left} left. Send what waits where the network is good; if that is not enough, delete photos or apps that are not needed on this tablet.",
  ],
  "tablet.persisted": ["浏览器会保留数据", "Kept by the browser"],
  "tablet.persisted.yes": ["已承诺，不会自动清理", "promised: nothing is cleared by itself"],
  "tablet.persisted.no": ["没有承诺", "not promised"],
  "tablet.persisted.no.do": [
    "空间紧张时浏览器可能清理数据。安装到本机后再试，通常会同意。",
    "When room is short the browser may clear it. Most browsers promise once the app is installed.",
  ],
  "tablet.persisted.ask": ["再请求一次", "Ask again"],

  "tablet.device": ["设备", "Device"],
  "tablet.name": ["名称", "Name"],
  "tablet.name.none": ["还没有名称", "no name yet"],
  "tablet.id": ["编号", "Number"],
  "tablet.contact": ["上次联系服务器", "Last contact with the server"],
  "tablet.contact.never": ["还没有", "none yet"],
  "tablet.clock": ["时钟", "Clock"],
  "tablet.clock.right": ["准确", "right"],
  "tablet.clock.fast": ["比服务器快 {span}", "{span} ahead of the server"],
  "tablet.clock.slow": ["比服务器慢 {span}", "{span} behind the server"],
  "tablet.clock.do": [
    "记录照常保存，服务器会记下时差。可以在系统设置里打开“自动设置时间”。",
    "Records are kept as ever, and the server notes the difference. Switch on automatic time in the system's settings.",
  ],
  "tablet.span.minutes": ["{n} 分钟", { one: "{n} minute", other: "{n} minutes" }],
  "tablet.span.hours": ["{n} 小时", { one: "{n} hour", other: "{n} hours" }],
  "tablet.span.days": ["{n} 天", { one: "{n} day", other: "{n} days" }],
});
