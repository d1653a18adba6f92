/** Words for what the tablet keeps and sends. */

export const offline = /** @satisfies {import("../words.js").Words} */ ({
  "store.full": [
    "平板存储空间已满，刚才的内容还没有存下来。请先腾出空间，不要关闭本页面。",
    "The tablet's storage is full; what was just entered is not saved yet. Free some space before closing this page.",
  ],
  "store.blocked": [
    "另一个标签页还开着旧版本。请关闭巡图的其他标签页，再重试。",
    "Another tab still has an older version open. Close the other tabs of Xuntu, then try again.",
  ],
  "store.outdated": [
    "本页面是旧版本，平板上的数据已由新版本使用。请刷新页面。",
    "This page is an older version; a newer one already uses the data on this tablet. Reload the page.",
  ],
  "store.wiped": ["这台平板已被清空。请重新登录。", "This tablet was cleared. Sign in again."],
  "store.exists": [
    "这条记录已保存在平板上，内容不同。先保存的那条保留不变。",
    "This record is on the tablet already, with other content. The first one stays as it is.",
  ],
  "store.photo_missing": [
    "有一张照片没有存到平板上，请重新拍摄后再提交。",
    "One of the photos is not on the tablet. Take it again, then record.",
  ],
  "store.failed": [
    "没能存到平板上。请重试；仍不行时先导出，再重启平板。",
    "This could not be saved on the tablet. Try again; if it still fails, export first and restart the tablet.",
  ],

  "saved.saved": ["已存到平板", "Saved on the tablet"],
  "saved.saving": ["正在保存…", "Saving…"],
  "saved.full": ["空间已满，未保存", "Storage full, not saved"],
  "saved.failed": ["未能保存", "Not saved"],

  "entry.waiting": ["待上传", "Waiting to be sent"],
  "entry.sent": ["已上传，待核对", "Sent, not yet receipted"],
  "entry.held": ["服务器已收妥", "Held by the server"],
  "entry.refused": ["服务器未接收", "Not accepted"],
  "entry.mended": ["已更正重报", "Mended and sent again"],
  "entry.cancelled": ["已撤回", "Taken back"],

  "send.received": ["全部上传完成", "Everything is sent"],
  "send.refused": [
    "已上传；有 {n} 条需要您看一看",
    {
      one: "Sent; {n} record needs your attention",
      other: "Sent; {n} records need your attention",
    },
  ],
  "send.unreachable": ["连不上服务器，稍后自动重试", "No connection; it is tried again by itself"],
  "send.signed_out": [
    "登录已过期。重新登录后继续上传，内容不会丢失。",
    "Your sign-in has expired. Sending goes on after you sign in; nothing is lost.",
  ],
  "send.someone_else": [
    "现在登录的是另一个人。您的记录留在平板上，等您登录后再上传。",
    "Someone else is signed in. Your records stay on the tablet until you sign in again.",
  ],
  "send.revoked": [
    "管理部门已停用这台平板。待传内容送完后，平板上的数据将被清除。",
    "The office has blocked this tablet. What waits is delivered, then its data is removed.",
  ],
  "leaving.title": ["这台平板已停用", "This tablet was taken out of use"],
  "leaving.sending": [
    "街道已停用这台平板。还没上传的记录正在送往服务器，送完后平板上的内容全部删除。",
    "The office has taken this tablet out of use. What was not sent yet is being delivered; then everything on it is deleted.",
  ],
  "leaving.done": ["已送达 {done} / {of} 条", "{done} of {of} delivered"],
  "leaving.retry": [
    "暂时连不上服务器，会自动再试。请留在有网络的地方。",
    "The server can't be reached just now; it is tried again by itself. Stay where there is a network.",
  ],
  "leaving.until": [
    "送到 {time} 为止；之后一联系上服务器就删除，没送到的也会删除。",
    "Delivery is tried until {time}; after that everything is deleted at the next contact with the server, delivered or not.",
  ],
  "leaving.drafts": [
    "有 {n} 张检查表没有提交，会一起删除。",
    {
      one: "{n} checklist was not submitted and is deleted with the rest.",
      other: "{n} checklists were not submitted and are deleted with the rest.",
    },
  ],
  "leaving.deleting": ["正在删除平板上的内容…", "Deleting what is on this tablet…"],
  "left.delivered": [
    "{n} 条记录已送达服务器。",
    { one: "{n} record was delivered.", other: "{n} records were delivered." },
  ],
  "left.nothing": ["没有等待上传的记录。", "Nothing was waiting to be sent."],
  "left.lost": [
    "{n} 条记录没能送达，已随平板上的内容删除。",
    {
      one: "{n} record could not be delivered and was deleted with the rest.",
      other: "{n} records could not be delivered and were deleted with the rest.",
    },
  ],
  "left.deleted": [
    "平板上的内容已全部删除。以前上传的记录都在服务器上。",
    "Everything on this tablet is deleted. What was sent before is with the server.",
  ],
  "left.return": ["请把平板交回街道办理人员。", "Please return the tablet to the office."],

  opening: ["正在打开…", "Opening…"],
  "opening.dead": ["连不上服务器", "The server can't be reached"],
  "opening.dead.why": [
    "这台平板还没有登录过，第一次要有网络。到有网络的地方再试。",
    "Nobody has signed in on this tablet yet, and the first time needs a network. Try again where there is one.",
  ],
  "send.failed": [
    "平板的存储出了问题，没能继续上传。请刷新页面重试。",
    "The tablet's storage failed while sending. Reload the page to go on.",
  ],
  "send.cancelled": ["已停止上传", "Sending stopped"],
  "send.busy": ["另一个标签页正在上传", "Another tab is sending"],
});
