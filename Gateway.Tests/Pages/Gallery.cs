namespace Gateway.Tests.Pages;

/// <summary>Everything that the style sheet has for pages, at once.</summary>
internal static class Gallery
{
    public const string Html = """
        <div class="notice" role="status">Something to know. <a href="/x">More</a></div>
        <div class="notice success" role="status">It is done. <a href="/x">Undo it</a></div>
        <div class="notice failure" role="alert">It was not done. <a href="/x">Why?</a></div>
        <section class="card" aria-labelledby="filter">
          <h2 id="filter">Find</h2>
          <form action="/x" role="search">
            <div class="row">
              <div class="field"><label for="q">E-mail or name</label><input id="q" name="q" type="search"></div>
              <div class="field"><label for="role">Role</label><select id="role" name="role"><option>Any</option><option>editor</option></select></div>
              <button>Find</button>
            </div>
          </form>
        </section>
        <table class="stack">
          <caption>Sessions</caption>
          <thead><tr><th scope="col">Browser</th><th scope="col">From</th><th scope="col" class="number">Requests</th><th scope="col"><span class="hidden">What to do</span></th></tr></thead>
          <tbody>
            <tr><th scope="row">Firefox on Linux <span class="badge success">this one</span></th><td data-label="From">203.0.113.7</td><td data-label="Requests" class="number">1204</td><td></td></tr>
            <tr><th scope="row">Chrome on a phone <span class="badge">remembered</span> <span class="badge failure">locked</span></th><td data-label="From">2001:db8:85a3:8d3:1319:8a2e:370:7348</td><td data-label="Requests" class="number">7</td><td><form action="/x"><button class="quiet danger">End<span class="hidden"> Chrome on a phone</span></button></form></td></tr>
          </tbody>
        </table>
        <nav class="pages" aria-label="Pages of the list"><a href="/x?page=1">Earlier</a><span>2 of 17</span><a href="/x?page=3">Later</a></nav>
        <section class="card" aria-labelledby="details">
          <h2 id="details">Details</h2>
          <dl><dt>Id</dt><dd><code>0f8fad5b-d9cb-469f-a165-70867728950e-0f8fad5b-d9cb-469f-a165</code></dd><dt>Last login</dt><dd>2026-11-28 14:05 UTC</dd><dt>Note</dt><dd class="muted">None</dd></dl>
          <label for="strength">Strength</label><meter id="strength" min="0" max="4" value="3">3 of 4</meter>
          <label for="import">Import</label><progress id="import" max="100" value="40">40 %</progress>
        </section>
        <form action="/x" class="card">
          <h2>Change the password</h2>
          <div class="field"><label for="old">Password</label><p class="hint" id="old-hint">The one that you log in with.</p><input id="old" name="old" type="password" autocomplete="current-password" aria-describedby="old-hint old-fault" aria-invalid="true"><p class="fault" id="old-fault">This is not your password.</p></div>
          <fieldset><legend>Second factor</legend><label class="choice"><input type="radio" name="second" checked><span>A code</span></label><label class="choice"><input type="radio" name="second"><span>A passkey</span></label></fieldset>
          <div class="field"><label for="note">Note</label><textarea id="note" name="note" rows="2"></textarea></div>
          <p class="actions"><button>Save</button><button class="quiet">Back</button><button class="danger">Remove</button><button disabled>Later</button><a href="/x">Help</a></p>
        </form>
        """;
}
