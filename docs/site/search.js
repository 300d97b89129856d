// The search over the index in index.js, which is fetched as a script: that works from a disk, without a server.
"use strict";

const found = document.getElementById("found");

/** Words of a question or a text, small. */
function words(text) {
    return text.toLowerCase().match(/[\p{L}\p{N}_.-]+/gu) || [];
}

/** How well an entry answers; 0 where a word is missing. */
function score(entry, question) {
    const [address, title, heading, text] = entry.map((part) => part.toLowerCase());
    let sum = 0;
    for (const word of question) {
        const here = (title.includes(word) ? 8 : 0) + (heading.includes(word) ? 12 : 0)
            // Pages about findings are called by their codes.
            + (address.split("#")[0].includes(`/${word}.`) ? 20 : 0)
            + Math.min(text.split(word).length - 1, 5);
        if (here === 0) return 0;
        sum += here + (words(heading || title).includes(word) ? 10 : 0);
    }
    return sum;
}

/** The piece of a text around the first word that was asked for. */
function piece(text, question) {
    const places = question.map((word) => text.toLowerCase().indexOf(word)).filter((place) => place >= 0);
    const begin = Math.max(0, (places.length ? Math.min(...places) : 0) - 60);
    return (begin > 0 ? "… " : "") + text.slice(begin, begin + 220) + (text.length > begin + 220 ? " …" : "");
}

/** Puts a text into an element, with the words that were asked for marked. */
function marked(element, text, question) {
    const pattern = new RegExp(`(${question.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu");
    text.split(pattern).forEach((part, number) => {
        const node = number % 2 ? document.createElement("mark") : document.createTextNode(part);
        if (number % 2) node.textContent = part;
        element.append(node);
    });
}

function show(text) {
    const question = [...new Set(words(text))];
    const hits = question.length === 0 ? [] : entries.map((entry) => [score(entry, question), entry])
        .filter(([points]) => points > 0).sort((one, other) => other[0] - one[0]);
    document.getElementById("count").textContent = question.length === 0 ? "Type words into the field above."
        : hits.length === 0 ? `Nothing has “${text}”.` : `${hits.length} places have “${text}”${hits.length > 50 ? "; the first 50" : ""}.`;
    found.replaceChildren(...hits.slice(0, 50).map(([, [address, title, heading, body]]) => {
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        link.href = address;
        link.textContent = heading || title;
        if (heading) {
            const of = item.appendChild(document.createElement("span"));
            of.className = "of";
            of.textContent = ` ${title}`;
        }
        marked(item.appendChild(document.createElement("p")), piece(body, question), question);
        return item;
    }));
}

if (found) {
    const text = new URLSearchParams(location.search).get("q") || "";
    document.querySelector("input[name=q]").value = text;
    const index = document.createElement("script");
    index.src = document.getElementById("main").dataset.root + "index.js";
    index.onload = () => show(text);
    document.head.append(index);
}
