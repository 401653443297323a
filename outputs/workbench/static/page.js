"use strict";
// Keys press the buttons that the page has anyway; without script every form works by itself.
(function () {
  var body = document.body;
  function one(query) { return document.querySelector(query); }
  function all(query) { return Array.prototype.slice.call(document.querySelectorAll(query)); }

  // Never while text is being written, Telex is composing, a dialog is open or a modifier is held.
  function isWriting(event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.key === "Process" || event.key === "Dead") { return true; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !/^Arrow/.test(event.key)) { return true; }
    var node = document.activeElement;
    if (!node || node === body) { return false; }
    if (node.isContentEditable) { return true; }
    if (node.closest("dialog")) { return true; }
    var name = node.tagName;
    if (name === "INPUT") { return node.type !== "checkbox" && node.type !== "radio"; }
    return name === "TEXTAREA" || name === "SELECT";
  }
  var composing = false;
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; });

  var sent = false;
  all("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.method !== "post") { return; }
      if (sent) { event.preventDefault(); return; }
      sent = true;
    });
  });
  window.addEventListener("pageshow", function () { sent = false; });

  function undo() { var form = one("#hoan-tac"); if (form) { form.requestSubmit(); } }
  function find() { var input = one("#tim") || one("#tim-nhanh"); if (input) { input.focus(); input.select(); } }

  // --- choosing a reason or a day by a second key -----------------------------------------------------
  function ask(title, items, chosen) {
    var box = document.createElement("dialog"), heading = document.createElement("h2"), list = document.createElement("ol");
    heading.textContent = title;
    box.setAttribute("aria-label", title);
    box.append(heading, list);
    items.forEach(function (item, i) {
      var row = document.createElement("li"), button = document.createElement("button"), key = document.createElement("kbd");
      key.textContent = String((i + 1) % 10);
      button.type = "button";
      button.append(key, item.name);
      button.addEventListener("click", function () { box.close(); chosen(item); });
      row.append(button);
      list.append(row);
    });
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "Thôi (Esc)";
    close.addEventListener("click", function () { box.close(); });
    box.append(close);
    box.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) { return; }
      var n = /^[0-9]$/.test(event.key) ? (Number(event.key) + 9) % 10 : -1;
      var buttons = list.querySelectorAll("button");
      if (n >= 0 && n < buttons.length) { event.preventDefault(); buttons[n].click(); }
    });
    box.addEventListener("close", function () { box.remove(); });
    body.append(box);
    box.showModal();
    list.querySelector("button").focus();
  }
  function iso(day) {
    function two(n) { return (n < 10 ? "0" : "") + n; }
    return day.getFullYear() + "-" + two(day.getMonth() + 1) + "-" + two(day.getDate());
  }
  function later(months) { var day = new Date(); day.setDate(Math.min(day.getDate(), 28)); day.setMonth(day.getMonth() + months); return iso(day); }
  function days() {
    return [
      { name: "1 tháng: " + later(1), value: later(1) }, { name: "3 tháng: " + later(3), value: later(3) },
      { name: "6 tháng: " + later(6), value: later(6) }, { name: "Đầu năm sau", value: new Date().getFullYear() + 1 + "-01-02" }
    ];
  }

  // --- one finding -------------------------------------------------------------------------------------
  function press(id) { var button = one(id); if (button) { button.click(); } }
  function follow(id) { var link = one(id); if (link) { location.href = link.href; } }
  function show(id) {
    var field = one(id), box = field && field.closest("fieldset");
    if (!field) { return; }
    all("fieldset.on-key").forEach(function (other) { other.classList.remove("on-key"); });
    box.classList.add("on-key");
    field.focus();
  }
  function reasons() {
    return all("#ly-do option").filter(function (option) { return option.value; }).map(function (option) {
      return { name: option.textContent.replace(/^\d\. /, ""), value: option.value, note: /cần ghi chú/.test(option.textContent) };
    });
  }
  function disagree() {
    ask("Không đồng ý vì", reasons(), function (item) {
      one("#ly-do").value = item.value;
      if (item.note) {
        one("#ghi-chu").closest("details").open = true;
        one("#ghi-chu").focus();
      } else { press("#q-khong_dong_y"); }
    });
  }
  function postpone() { ask("Hoãn, xem lại sau", days(), function (item) { one("#den-ngay").value = item.value; press("#q-hoan"); }); }
  var onOne = {
    d: function () { press("#q-dong_y"); }, c: function () { press("#q-chua_xac_dinh"); }, k: disagree, h: postpone,
    s: function () { show("#kien-nghi"); }, n: function () { follow("#sau"); }, p: function () { follow("#truoc"); },
    j: function () { follow("#sau"); }, z: undo, "/": find, escape: function () { follow("#ve"); }
  };

  // --- the list ----------------------------------------------------------------------------------------
  var rows = all(".row-f");
  function current() { return one(".row-f.focused"); }
  function focus(row) {
    if (!row) { return; }
    rows.forEach(function (other) { other.classList.toggle("focused", other === row); });
    row.scrollIntoView({ block: "nearest" });
    if (document.activeElement && document.activeElement !== body) { document.activeElement.blur(); }
  }
  function move(step) { focus(rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(current()) + step))]); }
  function open(hash) { var row = current(); if (row) { location.href = row.dataset.href + (hash || ""); } }
  function decide(verdict) {
    var row = current(), form = one("#mot");
    if (!row || !form) { return; }
    form.elements.phat_hien.value = row.dataset.id;
    form.elements.quyet_dinh.value = verdict;
    form.requestSubmit();
  }
  var onList = {
    arrowdown: function () { move(1); }, arrowup: function () { move(-1); }, n: function () { move(1); }, j: function () { move(1); }, p: function () { move(-1); },
    enter: function () { open(); }, d: function () { decide("dong_y"); }, c: function () { decide("chua_xac_dinh"); },
    k: function () { open("#k"); }, s: function () { open("#s"); }, h: function () { open("#h"); }, z: undo, "/": find,
    x: function () { var row = current(), tick = row && row.querySelector("input[type=checkbox]"); if (tick) { tick.checked = !tick.checked; move(1); } }
  };
  if (rows.length && !current()) { rows[0].classList.add("focused"); }
  if (current()) { current().scrollIntoView({ block: "nearest" }); }
  rows.forEach(function (row) {
    row.addEventListener("click", function (event) { if (!event.target.closest("a, input, label, button")) { focus(row); } });
    row.addEventListener("focusin", function () { rows.forEach(function (other) { other.classList.toggle("focused", other === row); }); });
  });

  var keys = body.classList.contains("keys-one") ? onOne : body.classList.contains("keys-list") ? onList : { "/": find };
  document.addEventListener("keydown", function (event) {
    if (composing || sent || one("dialog[open]") || isWriting(event)) { return; }
    var name = event.key.toLowerCase();
    if (name === "enter" && document.activeElement !== body && document.activeElement.closest("a, button, summary, input")) { return; }
    if (name === "escape" && document.activeElement !== body && !document.activeElement.closest("main, a, button")) { return; }
    if (Object.prototype.hasOwnProperty.call(keys, name)) { event.preventDefault(); keys[name](); }
  });
  // Out of a field with Esc, so that keys work again.
  document.addEventListener("keyup", function (event) {
    var node = document.activeElement;
    if (event.key === "Escape" && !event.isComposing && node && /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) { node.blur(); }
  });
  if (body.classList.contains("keys-one") && /^#[ksh]$/.test(location.hash)) { onOne[location.hash[1]](); }

  // A browser writes days in its own language's order (02/03 may be March): the day is said again as it is read here.
  all("input[type=date]").forEach(function (input) {
    var said = document.createElement("small"), host = input.closest(".row") || input;
    said.className = "day-said";
    function say() { said.textContent = input.value ? "ngày " + input.value.split("-").reverse().join("/") : ""; }
    input.addEventListener("input", say);
    host.insertAdjacentElement("afterend", said);
    say();
  });

  // The quotation is seen at once, however long the clause before it.
  all(".context mark").forEach(function (mark) {
    var box = mark.closest(".context");
    if (mark.offsetTop + mark.offsetHeight > box.offsetTop + box.clientHeight) { box.scrollTop = mark.offsetTop - box.offsetTop - box.clientHeight / 3; }
  });

  // --- a job that runs ---------------------------------------------------------------------------------
  var job = one("#viec[data-state=dang_chay]");
  if (job) {
    var timer = setInterval(function () {
      fetch("/viec", { headers: { Accept: "application/json" } }).then(function (answer) { return answer.json(); }).then(function (said) {
        if (said.trang_thai !== "dang_chay") { clearInterval(timer); location.reload(); return; }
        one("#viec-buoc").textContent = said.buoc;
        if (said.phan !== null) { one("#viec-phan").value = said.phan; }
      }, function () { return null; });
    }, 800);
  }
})();
