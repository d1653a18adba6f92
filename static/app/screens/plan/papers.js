/**
 * Documents and photos about a proposed site: listed, and added from the device.
 *
 * @import { World } from "./work.js"
 * @typedef {{ id: string, name: string, type: string, bytes: number, at: string,
 *   by_name: string, address: string }} Paper
 */

import { html, nothing } from "lit-html";
import { sendFile } from "../../files.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { time } from "../parts.js";
import { sentence } from "./plans.js";

const TYPES = "application/pdf,image/jpeg,image/png";

/** @param {World} world @param {() => void} added */
export function openPapers(world, added) {
  let sending = "";
  let wrong = "";

  /** @param {string} proposal @param {FileList} files */
  async function send(proposal, files) {
    wrong = "";
    for (const file of files) {
      sending = file.name;
      world.show();
      const path = `${pathOf(proposal, uuid7())}?name=${encodeURIComponent(file.name)}`;
      const reply = await sendFile(world.api, "PUT", path, file);
      sending = "";
      if (reply.outcome === "received") continue;
      const why = reply.outcome === "refused" ? sentence(reply) : t("unreachable.text");
      wrong = t("life.attachRefused", { name: file.name, why });
      break;
    }
    added();
  }

  return {
    /** @param {string} proposal @param {Paper[]} papers @param {boolean} may */
    template: (proposal, papers, may) => html`
      <section class="section">
        <h3>${t("life.documents")}</h3>
        ${
          papers.length
            ? html`<ul class="list">
                ${papers.map(
                  (paper) => html`<li class="past-line">
                    <a href=${paper.address} download>${paper.name}</a>
                    <span class="soft tiny">
                      ${Math.ceil(paper.bytes / 1000)} kB · ${time(paper.at)} ${paper.by_name}
                    </span>
                  </li>`,
                )}
              </ul>`
            : html`<p class="soft small">${t("life.documentsNone")}</p>`
        }
        ${
          may
            ? html`<div class="field">
                <label for="site-papers">${t("life.attach")}</label>
                <input
                  class="input"
                  id="site-papers"
                  type="file"
                  multiple
                  accept=${TYPES}
                  ?disabled=${Boolean(sending)}
                  @change=${(/** @type {any} */ { target }) =>
                    send(proposal, target.files).then(() => {
                      target.value = "";
                    })}
                />
                <p class="help">${sending ? t("life.attaching", { name: sending }) : t("life.attachSays")}</p>
                ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}
              </div>`
            : nothing
        }
      </section>`,
  };
}

/** @param {string} proposal @param {string} id */
const pathOf = (proposal, id) => `/api/v1/planning/proposals/${proposal}/documents/${id}/`;
