/* Xinfu: small comforts. Every page works without this file. Syntax and calls of Chromium 72 (no ?., ??, replaceAll).
   once: a form is sent once · drafts: saved on the server and on this device · viewer: pages, zoom, turn
   worklist: j k Enter x n / ? · suggest: type-ahead · copy: give typed text back */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function one(selector, within) {
    return (within || document).querySelector(selector);
  }

  /* once ---------------------------------------------------------------------------------------------------------- */
  function sentOnce(event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(function () {
      all("button[type=submit]", form).forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
    }, 0);
  }

  function sendableAgain() {
    all("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      all("button[aria-disabled]", form).forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  }

  /* drafts -------------------------------------------------------------------------------------------------------- */
  var PREFIX = "xinfu-draft:";
  var KEEP = 12 * 3600 * 1000;

  function kept(form) {
    var values = {};
    all("input, textarea, select", form).forEach(function (field) {
      if (!field.name || /^(hidden|password|file|submit)$/.test(field.type)) return;
      if (/^(radio|checkbox)$/.test(field.type)) {
        values[field.name + "=" + field.value] = field.checked;
      } else {
        values[field.name] = field.value;
      }
    });
    return values;
  }

  function refill(form, values) {
    all("input, textarea, select", form).forEach(function (field) {
      var key = /^(radio|checkbox)$/.test(field.type) ? field.name + "=" + field.value : field.name;
      if (!field.name || !(key in values) || field.type === "hidden") return;
      if (typeof values[key] === "boolean") field.checked = values[key];
      else field.value = values[key];
    });
  }

  function store(key, value) {
    try {
      if (value === null) window.localStorage.removeItem(PREFIX + key);
      else window.localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: value }));
    } catch (error) { /* no room or not allowed: the server's copy remains */ }
  }

  function stored(key) {
    try {
      var found = JSON.parse(window.localStorage.getItem(PREFIX + key));
      return found && Date.now() - found.at < KEEP ? found.values : null;
    } catch (error) {
      return null;
    }
  }

  function forgetDrafts() {
    try {
      Object.keys(window.localStorage).forEach(function (key) {
        if (key.indexOf(PREFIX) === 0) window.localStorage.removeItem(key);
      });
    } catch (error) { /* nothing was kept */ }
  }

  function keepLocally(form) {
    var key = form.dataset.draft;
    var before = JSON.stringify(kept(form));
    var values = stored(key);
    var offer = one('[data-draft-offer="' + key + '"]');
    if (values && offer && JSON.stringify(values) !== before) {
      offer.hidden = false;
      one("[data-draft-take]", offer).addEventListener("click", function () { refill(form, values); offer.hidden = true; });
      one("[data-draft-drop]", offer).addEventListener("click", function () { store(key, null); offer.hidden = true; });
    }
    form.addEventListener("input", function () { store(key, kept(form)); });
  }

  function saveOnServer(form) {
    var status = one("[data-autosave-status]", form);
    var timer = null;
    function say(word) {
      if (!status) return;
      var now = new Date();
      var clock = ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
      status.textContent = status.dataset[word] + (word === "saved" ? " " + clock : "");
    }
    function save() {
      if (form.dataset.sent) return;
      say("saving");
      window.fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-Requested-With": "autosave" }
      }).then(function (answer) {
        say(answer.ok ? "saved" : "failed");
      }, function () {
        say("failed");
      });
    }
    form.addEventListener("input", function (event) {
      if (event.target.type === "file") return;
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 1500);
    });
  }

  /* viewer -------------------------------------------------------------------------------------------------------- */
  var SIZES = [100, 150, 200, 300];

  function startViewer(box) {
    var pages = all("[data-viewer-page]", box);
    var links = all("[data-viewer-go]", box);
    var count = one("[data-viewer-count]", box);
    var shown = 0;
    var size = 0;
    var turn = 0;
    function draw() {
      pages.forEach(function (page, index) {
        var image = one("img", page);
        page.hidden = index !== shown;
        if (index === shown) image.removeAttribute("loading");
        image.className = "zoom-" + SIZES[size] + " turn-" + turn;
      });
      links.forEach(function (link, index) {
        if (index === shown) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      });
      if (count) count.textContent = shown + 1 + " / " + pages.length;
    }
    box.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      var act = link.dataset.viewerAct;
      if (act === "bigger") size = Math.min(size + 1, SIZES.length - 1);
      else if (act === "smaller") size = Math.max(size - 1, 0);
      else if (act === "turn") turn = (turn + 90) % 360;
      else if (link.dataset.viewerGo) shown = Number(link.dataset.viewerGo);
      else return;
      event.preventDefault();
      draw();
    });
    draw();
  }

  /* worklist ------------------------------------------------------------------------------------------------------ */
  var at = -1;

  function rows() {
    return all("[data-worklist] [data-row]");
  }

  function go(step) {
    var list = rows();
    if (!list.length) return;
    if (list[at]) list[at].classList.remove("is-at");
    at = Math.max(0, Math.min(list.length - 1, at + step));
    list[at].classList.add("is-at");
    list[at].scrollIntoView({ block: "nearest" });
    var link = one("[data-open]", list[at]);
    if (link) link.focus();
  }

  function press(selector, within) {
    var found = one(selector, within);
    if (found) found.click();
    return Boolean(found);
  }

  function toggleHelp() {
    var help = document.getElementById("keys");
    if (!help || !help.showModal) return;
    if (help.open) help.close();
    else help.showModal();
  }

  function onKey(event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var row = rows()[at];
    if (event.key === "?") toggleHelp();
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x" && row) press("input[type=checkbox]", row);
    else if (event.key === "/") {
      var search = one("[data-search], input[type=search]");
      if (!search) return;
      search.focus();
    } else if (!/^[a-z]$/.test(event.key) || !press('[data-key="' + event.key + '"]')) return;
    event.preventDefault();
  }

  /* suggest: a form with data-suggest="ADDRESS" offers what begins like its first text field ------------------------ */
  function suggest(form) {
    var field = one("input[type=text], input:not([type])", form);
    if (!field || !window.fetch) return;
    var list = document.createElement("datalist"), asked = "", waiting = 0;
    list.id = field.id + "-suggested";
    form.appendChild(list);
    field.setAttribute("list", list.id);
    field.setAttribute("autocomplete", "off");
    function show(found) {
      list.textContent = "";
      found.forEach(function (each) {
        var option = document.createElement("option");
        option.value = each.value;
        option.label = each.label;
        list.appendChild(option);
      });
    }
    function ask() {
      var words = field.value.trim();
      if (words.length < 2 || words === asked) return;
      asked = words;
      window.fetch(form.dataset.suggest + "?q=" + encodeURIComponent(words), {credentials: "same-origin"})
        .then(function (answer) { return answer.ok ? answer.json() : []; })
        .then(function (found) { if (words === asked) show(found); })
        .catch(function () { asked = ""; });
    }
    field.addEventListener("input", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, 250);
    });
  }

  /* copy, print, focus ---------------------------------------------------------------------------------------------- */
  function onClick(event) {
    var button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) {
      window.print();
      return;
    }
    var field = document.getElementById(button.dataset.copy);
    field.select();
    if (document.execCommand("copy")) button.textContent = button.dataset.copied;
  }

  function start() {
    document.addEventListener("submit", function (event) {
      if ("forgetDrafts" in event.target.dataset) forgetDrafts();
      sentOnce(event);
    });
    window.addEventListener("pageshow", sendableAgain);
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onClick);
    all("[data-draft-clear]").forEach(function (mark) { store(mark.dataset.draftClear, null); });
    all("form[data-draft]").forEach(keepLocally);
    all("form[data-autosave]").forEach(saveOnServer);
    all("[data-viewer]").forEach(startViewer);
    all("form[data-suggest]").forEach(suggest);
    var first = one("[data-focus]");
    if (first) first.focus();
  }

  start();
})();
