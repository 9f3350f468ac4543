namespace Gateway.Forwarding.WebSockets;

/// <summary>Whether anything that counts passed over an upgraded connection since somebody last asked.</summary>
internal sealed class Traffic
{
    private volatile bool passed;

    public bool Passed => passed;

    public void Note()
    {
        // Read first: the two directions of a busy socket would else fight over the cache line.
        if (!passed)
            passed = true;
    }

    public bool Take()
    {
        var taken = passed;
        passed = false;
        return taken;
    }
}
